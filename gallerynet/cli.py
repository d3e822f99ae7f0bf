"""The command line: ``gallerynet serve`` and its companions."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from gallerynet import __version__
from gallerynet.core.errors import CannotStart, GalleryError
from gallerynet.core.words import counted
from gallerynet.settings import Settings

DEFAULTS = Settings()
F = TypeVar("F", bound=Callable[..., Any])


def _setting(flag: str, field: str, **options: Any) -> Callable[[F], F]:
    """An option that is a field of ``Settings`` and the environment variable of that name."""
    default = getattr(DEFAULTS, field)
    return click.option(
        flag,
        field,
        envvar=field.upper(),
        default=default,
        show_default=bool(default) and field != "model_path",
        show_envvar=True,
        **options,
    )


def _library_settings(command: F) -> F:
    """What every command that opens the library can be told."""
    for option in reversed(
        (
            _setting("--database", "database_path", type=Path, help="The SQLite file."),
            _setting("--model", "model_path", type=Path, help="The embedding model; its manifest lies beside it."),
            _setting("--uploads", "upload_dir", type=Path, help="Where originals are kept."),
            _setting("--thumbnails", "thumbnail_dir", type=Path, help="Where thumbnails are kept."),
        )
    ):
        command = option(command)
    return command


_index_setting = _setting(
    "--index",
    "gallery_index",
    type=click.Choice(["memory", "sqlite"]),
    help="Where vectors are searched: sqlite takes longer and less memory.",
)


@click.group()
@click.version_option(__version__, prog_name="gallerynet")
def main() -> None:
    """A self-hosted gallery that finds pictures by likeness and learns your own tags."""


@main.command()
@_library_settings
@_setting("--password", "gallery_password", help="Asks everyone for this password.")
@_setting("--cors-origin", "cors_origin", help="Another origin whose pages may use the API.")
@_setting("--host", "host", help="The address to listen at.")
@_setting("--port", "port", type=click.IntRange(0, 65535), help="The port to listen at.")
@_index_setting
@_setting(
    "--trusted-proxies",
    "trusted_proxies",
    help="Addresses of reverse proxies, separated by commas, whose word on the client's address and HTTPS is taken.",
)
def serve(**given: Any) -> None:
    """Serves the gallery."""
    from gallerynet.serving import serve_forever  # takes a second, which --help need not wait for

    try:
        serve_forever(Settings(**given))
    except CannotStart as error:
        sys.exit(f"gallerynet: {error}")


@main.command("import")
@click.argument("paths", nargs=-1, required=True, type=Path, metavar="PATH...")
@_library_settings
@_index_setting
@click.option("--folder", metavar="NAME", help="Puts everything into the folder of this name, made if need be.")
@click.option(
    "--folders-from-directories",
    is_flag=True,
    help="Puts each file into the folder named as its directory is below PATH, such as 2024/Rome.",
)
@click.option("--allow-near-duplicates", is_flag=True, help="Takes also what shows the same picture as another.")
@click.option("--dry-run", is_flag=True, help="Says what would be imported, and changes nothing.")
@click.option("--watch", is_flag=True, help="Goes on: files that appear are imported once they are complete.")
def import_files(
    paths: tuple[Path, ...],
    folder: str | None,
    folders_from_directories: bool,
    allow_near_duplicates: bool,
    dry_run: bool,
    watch: bool,
    **given: Any,
) -> None:
    """Copies photos into the library, from files and whole folders.

    Nothing is imported twice, so an import that was interrupted is simply run again. The server may run meanwhile. XMP
    sidecars and Google Takeout's JSON beside the files are read. The exit code is 1 if a file could not be imported.
    """
    if folder is not None and folders_from_directories:
        raise click.UsageError("--folder and --folders-from-directories exclude each other.")
    if dry_run and watch:
        raise click.UsageError("--dry-run and --watch exclude each other.")
    from gallerynet.core.imports.importer import ImportOptions
    from gallerynet.importing import import_paths, rehearse_import, watch_paths

    settings = Settings(**given)
    options = ImportOptions(folder, folders_from_directories, allow_near_duplicates)
    try:
        if dry_run:
            sys.exit(rehearse_import(settings, paths))
        run = watch_paths if watch else import_paths
        sys.exit(run(settings, paths, options))
    except GalleryError as error:
        sys.exit(f"gallerynet: {error}")


@main.command()
@_library_settings
@click.option("--quick", is_flag=True, help="Looks at the sizes of originals instead of reading every byte.")
def check(quick: bool, **given: Any) -> None:
    """Says whether everything is there: database, originals, thumbnails, vectors.

    Every original is read and compared with what came in. Nothing is changed, and the server may run meanwhile. The
    exit code is 1 if something is wrong.
    """
    from gallerynet.checking import check_library

    try:
        sys.exit(check_library(Settings(**given), quick))
    except GalleryError as error:
        sys.exit(f"gallerynet: {error}")


@main.command()
@click.argument("path", type=Path, required=False)
@_setting("--model", "model_path", type=Path, help="The embedding model; its manifest lies beside it.")
@click.option(
    "--more", type=Path, multiple=True, metavar="FOLDER", help="Pictures and clips without labels, to find copies of."
)
@click.option("--output", type=Path, metavar="FILE", help="Writes the page there instead of printing it.")
def evaluate(path: Path | None, model_path: Path, more: tuple[Path, ...], output: Path | None) -> None:
    """Measures how good search, sameness and learned tags are on labelled pictures.

    PATH holds a folder for each label, named by it. Without PATH, parts of the photographs that scikit-image and
    scikit-learn ship stand in. The library is not touched.
    """
    from gallerynet.evaluation.report import evaluate as measure

    if output is not None and (output.is_dir() or not os.access(output if output.exists() else output.parent, os.W_OK)):
        sys.exit(f"gallerynet: {output} cannot be written: give a file in a folder that exists.")
    try:
        page = measure(path, more, model_path, lambda line: click.echo(line, err=True))
    except GalleryError as error:
        sys.exit(f"gallerynet: {error}")
    if output is None:
        click.echo(page, nl=False)
    else:
        output.write_text(page, encoding="utf-8")


@main.command()
@_library_settings
@click.option(
    "--items",
    type=click.IntRange(1, 1_000_000),
    help="So many drawn items instead, to measure with: small pictures, written straight into the library.",
)
def demo(items: int | None, **given: Any) -> None:
    """Fills an empty library with pictures, folders and learned tags to try everything with."""
    from gallerynet.core.library import Library, LibraryPaths
    from gallerynet.demo.filling import fill, require_empty
    from gallerynet.demo.synthetic import fill_synthetically

    settings = Settings(**given)
    paths = LibraryPaths(settings.database_path, settings.model_path, settings.upload_dir, settings.thumbnail_dir)
    try:
        library = Library(paths)
        try:
            require_empty(library)
            if items is None:
                fill(library, _show_progress)
            else:
                fill_synthetically(library, items, _show_progress)
            click.echo(
                f"\rThe library has {counted(library.statistics().total_files, 'item')}: gallerynet serve shows them."
            )
        finally:
            library.close()
    except GalleryError as error:
        sys.exit(f"gallerynet: {error}")


def _show_progress(done: int, total: int, what: object) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{what}: {done} of {total}\033[K", err=True, nl=False)


@main.command()
@_library_settings
@click.option("--label", default="script", show_default=True, help="What it is for: shown by --list.")
@click.option("--list", "is_list", is_flag=True, help="Shows sessions and tokens instead.")
@click.option("--revoke", metavar="ID", help="Takes back the session or token of this id instead.")
def token(label: str, is_list: bool, revoke: str | None, **given: Any) -> None:
    """Makes a bearer token for scripts. It is printed once, and not kept."""
    from gallerynet.core.auth import Auth, SessionKind
    from gallerynet.core.database import Database
    from gallerynet.core.database.migrate import migrate
    from gallerynet.core.ids import parse_id

    try:
        database = Database(Settings(**given).database_path)
        migrate(database)
        auth = Auth(database, "")
        if is_list:
            for session in auth.all():
                click.echo(f"{session.id}  {session.kind.value:8}  since {session.created_at[:10]}  {session.label}")
        elif revoke is not None:
            identity = parse_id(revoke)
            if identity is None or not auth.end(identity):
                sys.exit(f"gallerynet: there is no session with the id {revoke}.")
        else:
            click.echo(auth.open(SessionKind.TOKEN, label, lifetime=None)[1])
    except GalleryError as error:
        sys.exit(f"gallerynet: {error}")
