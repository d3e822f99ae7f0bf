"""Imports as a user runs them: a process of their own, alone and beside a server."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets import Subprotocol
from websockets.sync.client import ClientConnection, connect

from gallerynet.core.imports.importer import Importer, ImportOptions
from gallerynet.core.imports.report import Fate
from gallerynet.core.imports.walk import walk
from gallerynet.core.library import Library
from gallerynet.core.media.rows import select_media
from tests.pictures import drawn, encode
from tests.server import Server, stored_files

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmp:Rating="{rating}" xmp:CreateDate="2011-12-13T14:15:16+01:00">
<dc:subject><rdf:Bag><rdf:li>harbour</rdf:li><rdf:li>Travel</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta>"""
JOBS = "{ jobs { id kind state done total message error } }"
ITEMS = """{ media(first: 200, sort: { field: NAME, direction: ASC }) { nodes {
  id originalFilename originalDate originalDateSource isFavorite exif location { latitude altitude }
  tags { source tag { name } } folders { name } } } }"""


@contextmanager
def start(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """An import that goes on while the block runs."""
    command = [sys.executable, "-m", "gallerynet", "import", *arguments]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """The exit code and what it says; it complains of nothing."""
    with start(folder, *arguments) as process:
        out, err = process.communicate(timeout=300)
    assert err == ""
    return process.returncode, out


def count(text: str, what: str) -> int:
    """The number beside a heading of the table."""
    return next((int(line.split()[-1]) for line in text.splitlines() if line.startswith(what)), 0)


def fill(folder: Path, number: int, start_at: int = 0, size: tuple[int, int] = (320, 240)) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{seed:04}.jpg" for seed in range(start_at, start_at + number)]
    for seed, path in enumerate(paths, start=start_at):
        path.write_bytes(encode(drawn(seed, size)))
    return paths


def fill_slow(folder: Path, number: int) -> None:
    """Files that take their time: large, and no two of the same bytes."""
    folder.mkdir(parents=True)
    content = encode(drawn(0, (4000, 3000)), "PNG")
    for suffix in range(number):
        (folder / f"{suffix:04}.png").write_bytes(content + suffix.to_bytes(4, "big"))


def wait_for(found: Callable[[], Any], seconds: float = 60) -> Any:
    deadline = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
    return value


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    return {name: ((folder / name).stat().st_size, (folder / name).stat().st_mtime_ns) for name in stored_files(folder)}


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Server]:
    """A server with a folder of its own for each test, since these change what is there."""
    server = Server(tmp_path)
    yield server
    assert server.stop() == 0
    assert (server.folder / "stderr.log").read_text() == ""


def test_an_import_from_nothing_to_a_table(tmp_path: Path) -> None:
    home, photos = tmp_path / "home", tmp_path / "photos"
    home.mkdir()
    fill(photos / "2023-12-24 Christmas", 2)
    fill(photos, 2, start_at=10)
    (photos / "copy.jpg").write_bytes((photos / "0010.jpg").read_bytes())
    (photos / "broken.jpg").write_bytes((photos / "0010.jpg").read_bytes()[:3000])
    (photos / "notes.txt").write_text("x")
    (photos / "smaller.jpg").write_bytes(encode(drawn(11), quality=60))
    before = snapshot(photos)

    code, said = run(home, "--dry-run", str(photos))
    assert list(home.iterdir()) == []
    assert (count(said, "Would be added"), count(said, "In the library")) == (6, 1)

    code, said = run(home, "--folders-from-directories", str(photos))
    assert code == 1
    assert [count(said, what) for what in ("Added", "In the library", "Not taken", "Rejected", "Left out")] == [
        4,
        1,
        1,
        1,
        1,
    ]
    assert "broken.jpg" in said
    assert "ends too early" in said
    assert "It shows what 0011.jpg shows." in said or "It shows what smaller.jpg shows." in said
    assert snapshot(photos) == before

    (photos / "broken.jpg").unlink()
    changed = snapshot(home)
    code, said = run(home, "--dry-run", str(photos))
    assert (code, count(said, "Would be added"), count(said, "In the library")) == (0, 1, 5)
    assert snapshot(home) == changed
    code, said = run(home, "--allow-near-duplicates", str(photos))
    assert (code, count(said, "Added"), count(said, "In the library")) == (0, 1, 5)

    server = Server(home)
    folders = server.client.run("{ folders { name itemCount } }")["folders"]
    assert {folder["name"]: folder["itemCount"] for folder in folders} == {"photos": 2, "2023-12-24 Christmas": 2}
    by_name = {item["originalFilename"]: item for item in server.client.run(ITEMS)["media"]["nodes"]}
    assert by_name["0000.jpg"]["originalDate"] == "2023-12-24T00:00:00.000Z"
    assert server.stop() == 0


def test_what_lies_beside_a_file_is_its_owners_word(tmp_path: Path, started: Server) -> None:
    photos = tmp_path / "photos"
    names = [path.name for path in fill(photos, 5)]
    (photos / f"{names[0]}.xmp").write_text(XMP.format(rating=5))
    (photos / "0001.XMP").write_text(XMP.format(rating=3))
    taken = {"photoTakenTime": {"timestamp": "1321000000"}, "favorited": True}
    place = {"geoData": {"latitude": 31.5, "longitude": 35.5, "altitude": -430.0}}
    said = {"description": "Grandmother's garden", "people": [{"name": "Anna"}]}
    (photos / f"{names[2]}.supplemental-metadata.json").write_text(json.dumps(taken | place | said))
    (photos / f"{names[3]}.xmp").write_bytes(b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + XMP.format(rating=5).encode())
    assert run(tmp_path, str(photos), "--folder", "Beside")[0] == 0

    items = started.client.run(ITEMS)["media"]["nodes"]
    tags = [sorted(tag["tag"]["name"] for tag in item["tags"] if tag["source"] == "MANUAL") for item in items]
    assert tags == [["Travel", "harbour"], ["Travel", "harbour"], [], [], []]
    assert [item["isFavorite"] for item in items] == [True, False, True, False, False]
    dates = [(item["originalDate"], item["originalDateSource"]) for item in items]
    assert dates[:3] == [("2011-12-13T13:15:16.000Z", "SIDECAR")] * 2 + [("2011-11-11T08:26:40.000Z", "SIDECAR")]
    assert [source for _, source in dates[3:]] == ["UPLOAD", "UPLOAD"]
    assert items[1]["exif"]["Sidecar xmp:Rating"] == "3"
    assert items[2]["location"] == {"latitude": 31.5, "altitude": -430.0}
    assert items[2]["exif"] == {"Takeout description": "Grandmother's garden", "Takeout people": "Anna"}
    assert all(item["folders"] == [{"name": "Beside"}] for item in items)

    found = '{ media(filter: { text: "%s" }) { nodes { id } } }'
    for word in ("garden", "anna"):
        assert started.client.run(found % word)["media"]["nodes"] == [{"id": items[2]["id"]}]
    # A repair reads the file alone, and loses nothing of this.
    started.thumbnails.joinpath(items[2]["id"][:2], items[2]["id"][2:4], f"{items[2]['id']}.jpg").unlink()
    started.client.run("mutation($i: [ID!]) { repairMedia(ids: $i) { id } }", i=[items[2]["id"]])
    # The server's own repair, soon after its start, may come before or behind it.
    wait_for(lambda: "1 item repaired." in [job["message"] for job in started.client.run(JOBS)["jobs"]])
    assert started.client.run(ITEMS)["media"]["nodes"] == items
    assert started.client.run(found % "garden")["media"]["nodes"] == [{"id": items[2]["id"]}]


def test_an_import_that_is_killed_is_run_again(tmp_path: Path) -> None:
    home, photos = tmp_path / "home", tmp_path / "photos"
    home.mkdir()
    fill(photos, 40, size=(1600, 1200))
    for round_number in range(2):
        with start(home, str(photos), "--folder", "Again"):
            wait_for(lambda: len(placed(home)) >= 6 * (round_number + 1))  # noqa: B023 - called at once
        assert len(placed(home)) < 40
    code, said = run(home, str(photos), "--folder", "Again")
    assert code == 0
    assert count(said, "Added") + count(said, "In the library") == 40
    assert count(said, "In the library") >= 10
    server = Server(home)
    assert server.client.run("{ folders { name itemCount } }")["folders"] == [{"name": "Again", "itemCount": 40}]
    assert len(stored_files(home / "uploads")) == 40
    assert len(stored_files(home / "thumbnails")) == 80  # the large ones are made when they are first asked for
    states = [job["state"] for job in server.client.run(JOBS)["jobs"] if job["kind"] == "IMPORT"]
    assert sorted(states) == ["FAILED", "FAILED", "SUCCEEDED"]
    assert server.stop() == 0


def placed(home: Path) -> list[str]:
    uploads = home / "uploads"
    return [name for name in stored_files(uploads) if not name.startswith(".incoming")] if uploads.is_dir() else []


@contextmanager
def subscribe(server: Server, query: str) -> Iterator[ClientConnection]:
    protocols = [Subprotocol("graphql-transport-ws")]
    with connect(server.url.replace("http", "ws") + "/graphql", subprotocols=protocols) as socket:
        socket.send(json.dumps({"type": "connection_init"}))
        socket.recv(timeout=30)
        socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": query}}))
        yield socket


def test_the_server_follows_an_import_of_another_process(tmp_path: Path, started: Server) -> None:
    own = started.client.add("own.jpg", encode(drawn(900)))
    photos = tmp_path / "photos"
    fill(photos, 6)
    watched = "subscription { libraryEvents { __typename ... on MediaAdded { media { id originalFilename } } } }"
    with (
        subscribe(started, watched) as events,
        subscribe(started, "subscription { jobProgress { kind state done total } }") as progress,
    ):
        assert run(tmp_path, str(photos))[0] == 0
        told: dict[str, str] = {}
        while len(told) < 6:
            event = json.loads(events.recv(timeout=30))["payload"]["data"]["libraryEvents"]
            told |= {item["originalFilename"]: item["id"] for item in event.get("media", ())}
            for identity in told.values():  # whoever is told of an item can ask what is like it
                alike = "query($i: ID!) { mediaItem(id: $i) { similar(minSimilarity: 0) { totalCount } } }"
                assert started.client.run(alike, i=identity)["mediaItem"]["similar"]["totalCount"] >= 1
        jobs: list[dict[str, Any]] = []
        while not jobs or jobs[-1]["kind"] != "IMPORT" or jobs[-1]["state"] != "SUCCEEDED":
            jobs.append(json.loads(progress.recv(timeout=30))["payload"]["data"]["jobProgress"])
    assert jobs[-1] == {"kind": "IMPORT", "state": "SUCCEEDED", "done": 6, "total": 6}
    similar = "query($i: ID!) { similarMedia(reference: { mediaId: $i }, minSimilarity: 0) { edges { node { id } } } }"
    found = started.client.run(similar, i=own)["similarMedia"]["edges"]
    assert {edge["node"]["id"] for edge in found} == set(told.values())
    for identity in told.values():
        for size in ("square", "small", "large"):
            assert started.client.http.get(f"/thumbnails/{identity}/{size}").status_code == 200
    # What it imported is there for the server too, also before anything is told of it.
    (again,) = started.client.upload([("again.jpg", (photos / "0000.jpg").read_bytes())])
    assert again["existing"]["id"] == told["0000.jpg"]


def test_an_import_is_cancelled_from_the_app(tmp_path: Path, started: Server) -> None:
    photos = tmp_path / "photos"
    fill_slow(photos, 60)
    with start(tmp_path, str(photos)) as process:
        job = wait_for(lambda: next((job for job in started.client.run(JOBS)["jobs"] if job["done"] > 0), None))
        assert (job["kind"], job["state"], job["total"]) == ("IMPORT", "RUNNING", 60)
        started.client.run("mutation($i: ID!) { cancelJob(id: $i) { state } }", i=job["id"])
        out, err = process.communicate(timeout=60)
    ask = "query($i: ID!) { job(id: $i) { state } }"
    assert started.client.run(ask, i=job["id"])["job"]["state"] == "CANCELLED"
    assert (process.returncode, err) == (1, "")
    assert "Cancelled" in out
    assert started.client.run("{ media { totalCount } }")["media"]["totalCount"] == 1


def test_a_job_whose_process_died_does_not_run_for_ever(tmp_path: Path, started: Server) -> None:
    photos = tmp_path / "photos"
    fill_slow(photos, 60)
    ask = "query($i: ID!) { job(id: $i) { state error } }"
    with start(tmp_path, str(photos)):
        job = wait_for(lambda: next((job for job in started.client.run(JOBS)["jobs"] if job["done"] > 0), None))
        # A server that starts meanwhile lets the import's files and job alone.
        assert started.stop() == 0
        started.restart()
        assert started.client.run(ask, i=job["id"])["job"]["state"] == "RUNNING"
    ended = wait_for(lambda: (found := started.client.run(ask, i=job["id"])["job"])["state"] != "RUNNING" and found)
    assert ended["state"] == "FAILED"
    assert "Start it again" in ended["error"]


def test_ctrl_c_ends_it_in_order(tmp_path: Path) -> None:
    home, photos = tmp_path / "home", tmp_path / "photos"
    home.mkdir()
    fill(photos, 60, size=(1600, 1200))
    with start(home, str(photos)) as process:
        wait_for(lambda: len(placed(home)) > 2)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (1, "")
    assert "Cancelled" in out
    assert stored_files(home / "uploads" / ".incoming") == []


def test_watching_takes_files_once_they_are_complete(tmp_path: Path, started: Server) -> None:
    photos = tmp_path / "photos"
    fill(photos, 1)
    with start(tmp_path, "--watch", str(photos)) as process:
        total = "{ media { totalCount } }"
        wait_for(lambda: started.client.run(total)["media"]["totalCount"] == 1)
        content = encode(drawn(50, (1600, 1200)))
        with (photos / "slow.jpg").open("wb") as file:
            for place in range(0, len(content), len(content) // 8 + 1):
                file.write(content[place : place + len(content) // 8 + 1])
                file.flush()
                time.sleep(0.4)
        elsewhere = tmp_path / "elsewhere" / "moved"
        fill(elsewhere, 2, start_at=60)
        elsewhere.rename(photos / "moved")
        wait_for(lambda: started.client.run(total)["media"]["totalCount"] == 4)
        wait_for(lambda: all(job["state"] != "RUNNING" for job in started.client.run(JOBS)["jobs"]))
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert "Rejected" not in out
    jobs = [job["state"] for job in started.client.run(JOBS)["jobs"]]
    assert set(jobs) == {"SUCCEEDED"}


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path, library: Library) -> None:
    photos = tmp_path / "photos"
    fill(photos, 3)
    full = Importer(library, ImportOptions(reserve_bytes=2**62), lambda *_: None).run(walk([photos]))
    assert full.stopped is not None
    assert "is full" in full.stopped
    assert not full.is_clean
    assert stored_files(library.storage.uploads) == []
    room = Importer(library, ImportOptions(reserve_bytes=0), lambda *_: None).run(walk([photos]))
    assert room.is_clean
    assert room.counts == {Fate.ADDED: 3}


def test_what_was_thrown_away_stays_away(tmp_path: Path, library: Library) -> None:
    photos = tmp_path / "photos"
    fill(photos, 2)
    importer = Importer(library, ImportOptions("Kept", reserve_bytes=0), lambda *_: None)
    assert importer.run(walk([photos])).counts == {Fate.ADDED: 2}
    (kept,) = library.folders.all()
    with library.database.read() as connection:
        first = connection.execute(select_media()).first()
    assert first is not None
    library.trash.delete([first.id], permanently=False)
    assert importer.run(walk([photos])).counts == {Fate.KNOWN: 2}
    assert library.statistics().trashed_files == 1
    assert [folder.item_count for folder in library.folders.all()] == [1]
    assert library.folders.all()[0].id == kept.id


def test_names_that_are_no_text(tmp_path: Path) -> None:
    home, photos = tmp_path / "home", tmp_path / "photos" / os.fsdecode(b"caf\xe9")
    home.mkdir()
    (picture,) = fill(photos, 1)
    picture.rename(photos / os.fsdecode(b"\x1b[2J \xe9t\xe9.jpg"))
    (photos / os.fsdecode(b"\x1b[2J broken \xe9.jpg")).write_bytes(b"x")
    for added in (1, 0):
        code, said = run(home, "--folders-from-directories", str(tmp_path / "photos"))
        assert (code, count(said, "Added"), count(said, "In the library")) == (1, added, 1 - added)
        assert "\x1b" not in said
    server = Server(home)
    assert server.client.run("{ folders { name itemCount } }")["folders"] == [{"name": "caf?", "itemCount": 1}]
    assert server.client.run("{ media { nodes { originalFilename } } }")["media"]["nodes"] == [
        {"originalFilename": "[2J t.jpg"}
    ]
    assert server.stop() == 0


def test_wrong_uses_say_what_is_right(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    code, out = run(tmp_path / "home", "gone")
    assert code == 1
    assert "There is no such file or folder." in out
    for arguments in ((".", "--folder", "x", "--folders-from-directories"), (".", "--dry-run", "--watch"), ()):
        with start(tmp_path / "home", *arguments) as process:
            _, err = process.communicate(timeout=60)
        assert process.returncode == 2
        assert "Usage" in err
