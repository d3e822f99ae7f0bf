"""What can be set from outside, and what it is when nobody does."""

from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parent
# An installed package carries its assets; a checkout has them beside the package.
ASSETS = PACKAGE / "assets" if (PACKAGE / "assets").is_dir() else PACKAGE.parent / "assets"
WEB = PACKAGE / "web"


@dataclass(frozen=True)
class Settings:
    """One field for each environment variable of the same name."""

    database_path: Path = Path("gallery.db")
    model_path: Path = ASSETS / "models" / "efficientnet_lite0_1280.onnx"
    upload_dir: Path = Path("uploads")
    thumbnail_dir: Path = Path("thumbnails")
    gallery_password: str = ""
    cors_origin: str = ""
    host: str = "127.0.0.1"
    port: int = 3000
    gallery_index: str = "memory"
    trusted_proxies: str = ""
