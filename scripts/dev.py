"""Serves the gallery and the app while both are being worked on: ``make dev``, then http://localhost:5173.

Vite puts changes of the app into the open page. The server starts anew when its code changes, writes the schema, and
from it the types that the app's documents are checked against.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watchfiles import PythonFilter, watch

from scripts.print_schema import TARGET as SCHEMA

ROOT = Path(__file__).parent.parent
FRONTEND = ROOT / "frontend"
PACKAGE = ROOT / "gallerynet"


@contextmanager
def running(*command: str, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A process for as long as the block, and none of its own left behind."""
    process = subprocess.Popen(command, cwd=folder, start_new_session=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=30)


def write_types() -> None:
    """The schema and the app's types of it; a server whose code does not run yet leaves both as they were."""
    before = SCHEMA.read_bytes()
    printed = subprocess.run([sys.executable, "-m", "scripts.print_schema"], cwd=ROOT, check=False)
    types = FRONTEND / "src" / "graphql" / "schema.d.ts"
    if printed.returncode == 0 and (SCHEMA.read_bytes() != before or not types.exists()):
        subprocess.run(["npm", "run", "--silent", "generate"], cwd=FRONTEND, check=False)


def main() -> None:
    with running("npm", "run", "--silent", "dev", folder=FRONTEND):
        changes = watch(PACKAGE, watch_filter=PythonFilter(), raise_interrupt=False)
        while True:
            with running(sys.executable, "-m", "gallerynet", "serve", folder=ROOT):
                write_types()
                if next(changes, None) is None:
                    return


if __name__ == "__main__":
    main()
