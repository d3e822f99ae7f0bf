"""Power cuts, concurrent twins, restarts: nothing is lost and nothing is left over."""

import threading
import time
from contextlib import suppress
from pathlib import Path

import httpx

from tests.pictures import drawn, encode, packaged_photos
from tests.server import Client, Server, stored_files


def test_a_kill_during_uploads_leaves_rows_and_files_in_step(tmp_path: Path) -> None:
    server = Server(tmp_path)
    pictures = [(f"{number}.png", encode(drawn(number, (900, 675)), "PNG")) for number in range(15)]

    def upload(share: list[tuple[str, bytes]]) -> None:
        # The server is killed under this client.
        with Client(server.url) as client, suppress(httpx.TransportError):
            for picture in share:
                client.upload([picture])

    for round_number in range(3):
        threads = [threading.Thread(target=upload, args=(pictures[start::3],)) for start in range(3)]
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + 20
        while len(_placed(server.uploads)) < round_number * 4 + 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        server.kill()
        for thread in threads:
            thread.join()
        server.restart()
        rows = server.client.run("{ media(first: 200) { nodes { id contentHash } } }")["media"]["nodes"]
        assert len(rows) > 0
        originals = [Path(name).stem for name in stored_files(server.uploads)]
        assert sorted(originals) == sorted(row["id"] for row in rows)
        assert len(stored_files(server.thumbnails)) == 3 * len(rows)
    results = [server.client.upload([picture])[0]["__typename"] for picture in pictures]
    assert set(results) == {"UploadedMedia", "DuplicateMedia"}
    assert server.client.run("{ media { totalCount } }")["media"]["totalCount"] == len(pictures)
    assert server.stop() == 0


def _placed(folder: Path) -> list[str]:
    return [name for name in stored_files(folder) if not name.startswith(".incoming")]


def test_the_same_file_twice_at_once_is_stored_once(server: Server) -> None:
    content = packaged_photos()[0].read_bytes()
    kinds: list[str] = []

    def upload() -> None:
        with Client(server.url) as client:
            kinds.append(client.upload([("twin.png", content)])[0]["__typename"])

    threads = [threading.Thread(target=upload) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(kinds) == ["DuplicateMedia"] * 5 + ["UploadedMedia"]
    assert len(stored_files(server.uploads)) == 1
    assert len(stored_files(server.thumbnails)) == 3


def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    server = Server(tmp_path)
    ids = [server.client.add(f"{number}.jpg", encode(drawn(100 + number))) for number in range(4)]
    folder = server.client.run('mutation { createFolder(name: "Kept") { id } }')["createFolder"]["id"]
    server.client.run(
        "mutation($f: ID!, $i: [ID!]!) { addToFolder(folderId: $f, mediaIds: $i) { id } }", f=folder, i=ids
    )
    server.client.run('mutation($i: [ID!]!) { tagMedia(ids: $i, add: ["drawn"]) { id } }', i=ids[:3])
    server.client.run("mutation($i: [ID!]!) { setFavorite(ids: $i, favorite: true) { id } }", i=ids[:1])
    question = """query($id: ID!) {
      media { nodes { id isFavorite tags { tag { name } } folders { name } similar(minSimilarity: 0) { totalCount } } }
      similarMedia(reference: { mediaId: $id }, minSimilarity: 0) { edges { similarity node { id } } }
    }"""
    before = server.client.run(question, id=ids[0])
    assert server.stop() == 0
    server.restart()
    assert server.client.run(question, id=ids[0]) == before
    assert before["media"]["nodes"][0]["similar"]["totalCount"] == 3
    assert server.stop() == 0
