"""What the README says is so: its session runs as it stands, and its table has every setting."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from gallerynet.cli import import_files
from gallerynet.settings import Settings
from tests.pictures import packaged_photos
from tests.server import Server

README = (Path(__file__).parent.parent / "README.md").read_text()


def test_every_setting_is_in_the_table_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| `?([^|`]*?)`? \|", README, re.MULTILINE))
    assert rows.keys() == {field.name.upper() for field in fields(Settings)}
    for field in fields(Settings):
        if field.name != "model_path":
            assert rows[field.name.upper()] == (str(field.default) or "none")


def test_the_session_runs_as_it_stands(server: Server, tmp_path: Path) -> None:
    for name, photo in zip("abcd", packaged_photos(), strict=False):
        (tmp_path / f"{name}.jpg").write_bytes(photo.read_bytes())
    session = README.partition("## A session with the API")[2].partition("\n## ")[0]
    blocks = [
        block.replace("localhost:3000", f"127.0.0.1:{server.port}").replace(".venv/bin/python", sys.executable)
        for block in re.findall(r"```sh\n(.*?)```", session, re.DOTALL)
    ]
    helper, upload, by_item, by_picture, watch, learn = blocks

    def run(script: str) -> str:
        return subprocess.run(
            ["bash", "-euc", helper + script], cwd=tmp_path, check=True, capture_output=True, text=True
        ).stdout

    assert run(upload).count('"UploadedMedia"') == 4
    assert '"totalCount":3' in run(by_item)
    assert '"originalFilename":"a.jpg"' in run(by_picture).partition("}")[0]
    with watching(watch, tmp_path) as events:
        wait_until_it_listens(server, events)
        assert '"manualCount":3' in run(learn)
        seen = ""
        while '"TagsChanged"' not in seen:
            seen += events.get(timeout=30)
    assert '"source":"MANUAL","tag":{"name":"mine"}' in seen


@contextmanager
def watching(script: str, folder: Path) -> Iterator[SimpleQueue[str]]:
    """The second terminal, and the lines it shows."""
    lines: SimpleQueue[str] = SimpleQueue()
    with subprocess.Popen(["bash", "-euc", f"exec {script}"], cwd=folder, stdout=subprocess.PIPE, text=True) as process:

        def read() -> None:
            for line in process.stdout or ():
                lines.put(line)

        reader = Thread(target=read)
        reader.start()
        try:
            yield lines
        finally:
            process.terminate()
            reader.join()


def wait_until_it_listens(server: Server, events: SimpleQueue[str]) -> None:
    """It says nothing when it is ready: that shows by the first change it tells of."""
    change = "mutation($id: ID!, $to: Boolean!) { setFavorite(ids: [$id], favorite: $to) { id } }"
    (newest,) = server.client.run("{ media(first: 1) { nodes { id } } }")["media"]["nodes"]
    for attempt in range(60):
        server.client.run(change, id=newest["id"], to=attempt % 2 == 0)
        with suppress(Empty):
            events.get(timeout=0.5)
            return
    raise AssertionError("The README's watcher shows no event.")


def test_the_import_runs_as_it_stands_and_its_options_are_in_the_table(tmp_path: Path) -> None:
    section = README.partition("## Import what you have")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(--[a-z-]+)", section, re.MULTILINE)
    settings = {field.name for field in fields(Settings)}
    assert sorted(rows) == sorted(
        option.opts[0]
        for option in import_files.params
        if option.name not in settings and option.param_type_name == "option"
    )
    (script,) = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    rome = tmp_path / "Pictures" / "2024" / "Rome"
    rome.mkdir(parents=True)
    (rome / "a.jpg").write_bytes(packaged_photos()[0].read_bytes())
    environment = os.environ | {"HOME": str(tmp_path), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-euc", script], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    assert re.search(r"^Added +1$", done.stdout, re.MULTILINE)
