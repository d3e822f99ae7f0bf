"""The formats that are taken, told by the content of a file; its name is only a claim."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gallerynet.core.errors import UnsupportedMedia
from gallerynet.core.ingest.tiff_kinds import tiff_kind
from gallerynet.core.media.model import MediaType

HEADER_BYTES = 1_024
RAW = "RAW"  # LibRaw's, of every maker


@dataclass(frozen=True)
class Format:
    name: str  # the only decoder it is given to: Pillow's name of one, RAW, or FFmpeg's of a video's container
    media_type: MediaType
    mime_type: str
    extensions: tuple[str, ...]  # the first is the one it is stored with
    matches: Callable[[bytes], bool]


def _starts(*prefixes: bytes) -> Callable[[bytes], bool]:
    return lambda header: header.startswith(prefixes)


def _iso_brand(*brands: bytes) -> Callable[[bytes], bool]:
    """ISO base media: a ``ftyp`` box whose major or compatible brands name the format."""

    def matches(header: bytes) -> bool:
        size = int.from_bytes(header[:4], "big")
        listed = {header[8:12], *(header[i : i + 4] for i in range(16, min(size, len(header)), 4))}
        return header[4:8] == b"ftyp" and bool(listed & set(brands))

    return matches


def _mpeg_ts(header: bytes) -> bool:
    """Packets that begin with 0x47, of 188 bytes, or of 192 with a time code before them as camcorders write."""
    return any(header[start : start + 4 * size : size] == b"\x47" * 4 for start, size in ((0, 188), (4, 192)))


def _ebml(document_type: bytes) -> Callable[[bytes], bool]:
    """Matroska's container, whose header names the kind of document: its element 0x4282, with its length."""
    named = b"\x42\x82" + bytes([0x80 | len(document_type)]) + document_type
    return lambda header: header.startswith(b"\x1aE\xdf\xa3") and named in header[:64]


_MP4_BRANDS = (
    *(
        b"isom",
        b"avc1",
        b"mp41",
        b"mp42",
        b"mp71",
        b"mmp4",
        b"MSNV",
        b"ndsc",
        b"ndsm",
        b"ndxc",
        b"dash",
        b"XAVC",
        b"f4v ",
    ),
    *(b"iso%d" % number for number in range(2, 10)),
    *(b"av01", b"CAEP", b"hvc1", b"hev1"),
)
_3GP_BRANDS = tuple(b"3g%c%c" % (kind, number) for kind in b"p2gers" for number in b"123456789abc")
# QuickTime from before there were brands begins with one of its atoms.
_QUICKTIME_ATOMS = (b"moov", b"mdat", b"wide", b"skip", b"pnot")


def _major_brand(*brands: bytes) -> Callable[[bytes], bool]:
    return lambda header: header[4:8] == b"ftyp" and header[8:12] in brands


def _raw(kind: str, maker: str, matches: Callable[[bytes], bool] = lambda _: False) -> Format:
    return Format(RAW, MediaType.IMAGE, f"image/x-{maker}-{kind}", (kind,), matches)


# Those without a test of their first bytes wear a TIFF's: ``tiff_kind`` tells them apart.
FORMATS = (
    Format("JPEG", MediaType.IMAGE, "image/jpeg", ("jpg", "jpeg"), _starts(b"\xff\xd8\xff")),
    Format("PNG", MediaType.IMAGE, "image/png", ("png",), _starts(b"\x89PNG\r\n\x1a\n")),
    Format("GIF", MediaType.IMAGE, "image/gif", ("gif",), _starts(b"GIF87a", b"GIF89a")),
    Format("WEBP", MediaType.IMAGE, "image/webp", ("webp",), lambda h: h[:4] == b"RIFF" and h[8:12] == b"WEBP"),
    Format("BMP", MediaType.IMAGE, "image/bmp", ("bmp",), lambda h: h[:2] == b"BM" and len(h) > 25),
    Format("TIFF", MediaType.IMAGE, "image/tiff", ("tif", "tiff"), _starts(b"II*\x00", b"MM\x00*")),
    Format("AVIF", MediaType.IMAGE, "image/avif", ("avif",), _iso_brand(b"avif", b"avis")),
    Format(
        "HEIF",
        MediaType.IMAGE,
        "image/heic",
        ("heic", "heif"),
        _iso_brand(b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"),
    ),
    _raw("cr2", "canon"),
    _raw("cr3", "canon", _iso_brand(b"crx ")),
    _raw("orf", "olympus", _starts(b"IIRO", b"IIRS", b"MMOR")),
    _raw("rw2", "panasonic", _starts(b"IIU\x00")),
    _raw("raf", "fuji", _starts(b"FUJIFILMCCD-RAW")),
    _raw("dng", "adobe"),
    _raw("nef", "nikon"),
    _raw("arw", "sony"),
    Format("mov", MediaType.VIDEO, "video/quicktime", ("mov",), _major_brand(b"qt  ")),
    Format("mov", MediaType.VIDEO, "video/quicktime", ("mov",), lambda h: h[4:8] in _QUICKTIME_ATOMS),
    Format("mov", MediaType.VIDEO, "video/x-m4v", ("m4v",), _major_brand(b"M4V ", b"M4VH", b"M4VP")),
    Format("mov", MediaType.VIDEO, "video/3gpp", ("3gp",), _major_brand(*_3GP_BRANDS)),
    Format("mov", MediaType.VIDEO, "video/mp4", ("mp4",), _iso_brand(*_MP4_BRANDS)),
    Format("avi", MediaType.VIDEO, "video/x-msvideo", ("avi",), lambda h: h[:4] == b"RIFF" and h[8:12] == b"AVI "),
    Format("matroska", MediaType.VIDEO, "video/webm", ("webm",), _ebml(b"webm")),
    Format("matroska", MediaType.VIDEO, "video/x-matroska", ("mkv",), _ebml(b"matroska")),
    Format("mpegts", MediaType.VIDEO, "video/mp2t", ("mts", "m2ts"), _mpeg_ts),
)

_BY_KIND = {known.extensions[0]: known for known in FORMATS if known.name == RAW}


def accepted_extensions() -> list[str]:
    """Lower case, without the dot."""
    return list(dict.fromkeys(extension for known in FORMATS for extension in known.extensions))


def recognise(path: Path, filename: str) -> Format:
    """The format of the file at ``path``; ``filename`` is what its owner calls it.

    Raises UnsupportedMedia, in words for the user, for anything that is not on the list.
    """
    with path.open("rb") as file:
        header = file.read(HEADER_BYTES)
    if not header:
        raise UnsupportedMedia("The file is empty. Was it copied completely?")
    for known in FORMATS:
        if known.matches(header):
            return known if known.name != "TIFF" else _of_tiff(path, known)
    extension = Path(filename).suffix.lower().removeprefix(".")
    accepted = ", ".join(accepted_extensions())
    if extension in accepted_extensions():
        raise UnsupportedMedia(f"The name ends in .{extension}, but the content is no picture or video that we know.")
    raise UnsupportedMedia(f"Not a picture or video that we can read. Accepted are {accepted}.")


def _of_tiff(path: Path, tiff: Format) -> Format:
    kind = tiff_kind(path)
    if kind is None:
        return tiff
    if kind not in _BY_KIND:
        accepted = ", ".join(_BY_KIND)
        raise UnsupportedMedia(f"A camera's raw file of a kind that we do not know. Accepted are {accepted}.")
    return _BY_KIND[kind]
