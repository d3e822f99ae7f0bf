"""The command line: ``gallerynet serve`` and its companions."""

import sys
from pathlib import Path

import click

from gallerynet import __version__
from gallerynet.settings import Settings

DEFAULTS = Settings()


@click.group()
@click.version_option(__version__, prog_name="gallerynet")
def main() -> None:
    """A self-hosted gallery that finds pictures by likeness and learns your own tags."""


@main.command()
@click.option(
    "--database",
    "database_path",
    envvar="DATABASE_PATH",
    type=Path,
    default=DEFAULTS.database_path,
    show_default=True,
    show_envvar=True,
    help="The SQLite file.",
)
@click.option(
    "--model",
    "model_path",
    envvar="MODEL_PATH",
    type=Path,
    default=DEFAULTS.model_path,
    show_envvar=True,
    help="The embedding model; its manifest lies beside it.",
)
@click.option(
    "--uploads",
    "upload_dir",
    envvar="UPLOAD_DIR",
    type=Path,
    default=DEFAULTS.upload_dir,
    show_default=True,
    show_envvar=True,
    help="Where originals are kept.",
)
@click.option(
    "--thumbnails",
    "thumbnail_dir",
    envvar="THUMBNAIL_DIR",
    type=Path,
    default=DEFAULTS.thumbnail_dir,
    show_default=True,
    show_envvar=True,
    help="Where thumbnails are kept.",
)
@click.option(
    "--password",
    "gallery_password",
    envvar="GALLERY_PASSWORD",
    default="",
    show_envvar=True,
    help="Asks everyone for this password.",
)
@click.option(
    "--cors-origin",
    "cors_origin",
    envvar="CORS_ORIGIN",
    default="",
    show_envvar=True,
    help="Another origin whose pages may use the API.",
)
@click.option(
    "--host",
    envvar="HOST",
    default=DEFAULTS.host,
    show_default=True,
    show_envvar=True,
    help="The address to listen at.",
)
@click.option(
    "--port",
    envvar="PORT",
    type=click.IntRange(0, 65535),
    default=DEFAULTS.port,
    show_default=True,
    show_envvar=True,
    help="The port to listen at.",
)
@click.option(
    "--index",
    "gallery_index",
    envvar="GALLERY_INDEX",
    type=click.Choice(["memory", "sqlite"]),
    default=DEFAULTS.gallery_index,
    show_default=True,
    show_envvar=True,
    help="Where vectors are searched: sqlite takes longer and less memory.",
)
def serve(**given: object) -> None:
    """Serves the gallery."""
    from gallerynet.core.errors import CannotStart
    from gallerynet.serving import serve_forever

    try:
        serve_forever(Settings(**given))  # type: ignore[arg-type]  # click has checked each
    except CannotStart as error:
        sys.exit(f"gallerynet: {error}")
