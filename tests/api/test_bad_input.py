"""What makes no sense gets a sentence, and leaves no trace."""

import struct
import zlib
from collections.abc import Iterator

import pytest

from tests.pictures import drawn, encode, packaged_photos
from tests.server import Client, GraphQLErrors, Server, stored_files


@pytest.fixture(autouse=True)
def nothing_changes(server: Server) -> Iterator[None]:
    """Each of these leaves the library and its folders as they were."""
    before = _state(server)
    yield
    assert _state(server) == before


def _state(server: Server) -> tuple[object, list[str], list[str]]:
    counts = server.client.run("{ media { totalCount } folders { id } tags { id } server { trashedFiles } }")
    return counts, stored_files(server.uploads), stored_files(server.thumbnails)


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size, with hardly any data behind it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


PHOTO = packaged_photos()[-1].read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "code", "sentence"),
    [
        ("notes.txt", b"Dear diary", "UNSUPPORTED_MEDIA", "Not a picture or video that we can read"),
        ("empty.jpg", b"", "UNSUPPORTED_MEDIA", "empty"),
        ("text.jpg", b"This is text, whatever its name says.", "UNSUPPORTED_MEDIA", "no picture or video that we know"),
        ("cut.jpg", PHOTO[: len(PHOTO) // 2], "UNSUPPORTED_MEDIA", "ends too early"),
        ("huge.png", png_header(50_000, 50_000), "PAYLOAD_TOO_LARGE", "50000 x 50000 pixels"),
        ("head.png", png_header(100, 100), "UNSUPPORTED_MEDIA", "damaged"),
        ("evil.mp4", b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n", "UNSUPPORTED_MEDIA", "no picture or video"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "UNSUPPORTED_MEDIA", "Not a picture"),
    ],
)
def test_a_bad_file_is_rejected(client: Client, name: str, content: bytes, code: str, sentence: str) -> None:
    (result,) = client.upload([(name, content)])
    assert result["__typename"] == "RejectedUpload"
    assert result["filename"] == name
    assert result["code"] == code
    assert sentence in result["message"]


def test_a_bad_picture_cannot_be_searched_by(client: Client) -> None:
    query = "query($r: SimilarityReference!) { similarMedia(reference: $r) { totalCount } }"
    with pytest.raises(GraphQLErrors) as caught:
        client.send(query, {"r": {"image": None}}, {"variables.r.image": ("x.jpg", b"nothing")})
    assert caught.value.code == "UNSUPPORTED_MEDIA"


UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("query", "code", "sentence"),
    [
        (f'mutation {{ setFavorite(ids: ["{UNKNOWN}"], favorite: true) {{ id }} }}', "NOT_FOUND", UNKNOWN),
        ('mutation { setFavorite(ids: ["../../etc"], favorite: true) { id } }', "NOT_FOUND", "no item"),
        (f'mutation {{ tagMedia(ids: ["{UNKNOWN}"], add: ["x"]) {{ id }} }}', "NOT_FOUND", UNKNOWN),
        (f'mutation {{ addToFolder(folderId: "{UNKNOWN}", mediaIds: []) {{ id }} }}', "NOT_FOUND", "no folder"),
        ('mutation { createFolder(name: "") { id } }', "BAD_USER_INPUT", "needs a name"),
        ('mutation { createFolder(name: " \\t ") { id } }', "BAD_USER_INPUT", "needs a name"),
        (f'mutation {{ createFolder(name: "{"n" * 201}") {{ id }} }}', "BAD_USER_INPUT", "up to 200 characters"),
        ('mutation { learnTag(name: "never seen") { taggedCount } }', "NOT_FOUND", "no tag"),
        ("mutation { uploadMedia(files: []) { __typename } }", "BAD_USER_INPUT", "no files"),
        ('mutation { uploadMedia(files: ["text"]) { __typename } }', "BAD_USER_INPUT", "multipart"),
        (f'{{ similarMedia(reference: {{ mediaId: "{UNKNOWN}" }}) {{ totalCount }} }}', "NOT_FOUND", UNKNOWN),
        (
            f'{{ similarMedia(reference: {{ referenceId: "{UNKNOWN}" }}) {{ totalCount }} }}',
            "NOT_FOUND",
            "Upload it again",
        ),
        ("{ similarMedia(reference: {}) { totalCount } }", "BAD_USER_INPUT", "exactly one"),
        ("{ media(first: 0) { totalCount } }", "BAD_USER_INPUT", "1 to 200"),
        ("{ media(first: 201) { totalCount } }", "BAD_USER_INPUT", "1 to 200"),
        ('{ media(after: "nonsense") { totalCount } }', "BAD_USER_INPUT", "cursor"),
        ("{ mediaWindow(offset: -1) { id } }", "BAD_USER_INPUT", "offset"),
        ('{ media(filter: { takenFrom: "yesterday" }) { totalCount } }', "BAD_USER_INPUT", "RFC 3339"),
        ("{ nothing }", "BAD_USER_INPUT", "nothing"),
        ("{ media ", "BAD_USER_INPUT", "Syntax Error"),
    ],
)
def test_a_senseless_request_is_explained(client: Client, query: str, code: str, sentence: str) -> None:
    with pytest.raises(GraphQLErrors) as caught:
        client.run(query)
    assert caught.value.code == code
    assert sentence in caught.value.message


@pytest.mark.parametrize("similarity", [101, -1])
def test_a_similarity_beyond_the_scale_is_refused(server: Server, similarity: float) -> None:
    query = (
        "query($r: SimilarityReference!, $m: Float!) { similarMedia(reference: $r, minSimilarity: $m) { totalCount } }"
    )
    with pytest.raises(GraphQLErrors) as caught:
        server.client.send(
            query, {"r": {"image": None}, "m": similarity}, {"variables.r.image": ("x.jpg", encode(drawn(1)))}
        )
    assert caught.value.code == "BAD_USER_INPUT"
    assert "0 to 100" in caught.value.message


def test_an_unknown_item_is_null(client: Client) -> None:
    answer = client.run(
        f'{{ mediaItem(id: "{UNKNOWN}") {{ id }} folder(id: "x") {{ id }} tag(name: "none") {{ id }} }}'
    )
    assert answer == {"mediaItem": None, "folder": None, "tag": None}


def test_an_upload_into_an_unknown_folder_keeps_nothing(client: Client) -> None:
    with pytest.raises(GraphQLErrors) as caught:
        client.upload([("fine.jpg", encode(drawn(2)))], folderId=UNKNOWN)
    assert caught.value.code == "NOT_FOUND"
