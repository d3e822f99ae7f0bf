"""Imports from the command line: what is seen of them in a terminal, and how they end."""

import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from gallerynet.core.errors import InvalidInput
from gallerynet.core.imports.importer import Importer, ImportOptions, OnProgress
from gallerynet.core.imports.rehearsal import rehearse
from gallerynet.core.imports.report import CANCELLED, Fate, Outcome, Report
from gallerynet.core.imports.walk import Found, Unreadable, walk
from gallerynet.core.imports.watch import Watcher
from gallerynet.core.library import Library, LibraryPaths
from gallerynet.settings import Settings
from gallerynet.terminal import open_console, printable

FAILED = 1
SHOWN = 200  # files that are named of each kind


def import_paths(settings: Settings, paths: Sequence[Path], options: ImportOptions) -> int:
    """Imports what is there; returns the exit code. Raises CannotStart."""
    console = open_console()
    with _opened(settings) as library:
        report = _import(console, library, walk(paths, _own(settings)), options)
    return 0 if report.is_clean else FAILED


def watch_paths(settings: Settings, paths: Sequence[Path], options: ImportOptions) -> int:
    """Imports what is there and what comes, until it is told to stop. Raises CannotStart and InvalidInput."""
    missing = next((path for path in paths if not path.exists()), None)
    if missing is not None:
        raise InvalidInput(f"There is no {missing} to watch.")
    console = open_console()
    is_clean = True
    with _opened(settings) as library:
        try:
            for batch in Watcher(paths, _own(settings)).batches():
                report = _import(console, library, batch, options)
                # Whoever watches is ended by being cancelled, and by nothing else.
                is_cancelled = report.stopped == CANCELLED
                is_clean = is_clean and (report.is_clean or (is_cancelled and not report.counts[Fate.REJECTED]))
                if report.stopped is not None:
                    break
        except KeyboardInterrupt:
            console.print("Watches no more.")
    return 0 if is_clean else FAILED


def rehearse_import(settings: Settings, paths: Sequence[Path]) -> int:
    """Says what an import would do; returns the exit code that it would have at best."""
    console = open_console()
    with _progress_bar(console) as on_progress:
        report = rehearse(settings.database_path, walk(paths, _own(settings)), on_progress)
    _show(console, report, "Would be ")
    return 0 if report.is_clean else FAILED


def _import(console: Console, library: Library, files: Iterable[Found | Unreadable], options: ImportOptions) -> Report:
    with _progress_bar(console) as on_progress:
        report = Importer(library, options, on_progress).run(files)
    _show(console, report)
    return report


@contextmanager
def _opened(settings: Settings) -> Iterator[Library]:
    """The library, beside a server that may have it open."""
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background jobs are started deaf to the first
        signal.signal(number, signal.default_int_handler)
    paths = LibraryPaths(settings.database_path, settings.model_path, settings.upload_dir, settings.thumbnail_dir)
    with closing(Library(paths, index_in_memory=settings.gallery_index == "memory", is_guest=True)) as library:
        yield library


def _own(settings: Settings) -> list[Path]:
    return [settings.upload_dir, settings.thumbnail_dir]


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text("" if task.speed is None else f"{task.speed:.1f} files/s")


@contextmanager
def _progress_bar(console: Console) -> Iterator[OnProgress]:
    columns = (
        TextColumn("Importing"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def show(outcome: Outcome, done: int, total: int) -> None:  # noqa: ARG001 - the interface
            bar.update(task, completed=done, total=total)

        yield show


def _show(console: Console, report: Report, what: str = "") -> None:
    """The table at the end; names and reasons are texts of strangers, and printed as such."""
    table = Table("Files", "Number", box=None, pad_edge=False)
    table.columns[1].justify = "right"
    for fate in Fate:
        if report.counts[fate] or fate is Fate.ADDED:
            table.add_row(Text(_heading(what, fate)), str(report.counts[fate]))
    if report.left_out:
        kinds = ", ".join(f"{number} {extension}" for extension, number in sorted(report.left_out.items()))
        table.add_row(Text(f"Left out, since they are no pictures that we know: {kinds}"), str(report.left_out.total()))
    console.print(table)
    for fate in (Fate.SAME_PICTURE, Fate.REJECTED):
        outcomes = report.of(fate)
        if outcomes:
            console.print()
            listing = Table(_heading(what, fate), "Why", box=None, pad_edge=False)
            for outcome in outcomes[:SHOWN]:
                listing.add_row(Text(printable(str(outcome.path))), Text(outcome.reason or ""))
            console.print(listing)
            if len(outcomes) > SHOWN:
                console.print(f"… and {len(outcomes) - SHOWN} more.")
    if report.stopped is not None:
        console.print(Text(f"\nIt ended early. {report.stopped}"))


def _heading(what: str, fate: Fate) -> str:
    words = {
        Fate.ADDED: f"{what}added",
        Fate.KNOWN: "In the library already",
        Fate.SAME_PICTURE: "Not taken, since the same picture is there",
        Fate.REJECTED: f"{what}rejected",
    }[fate]
    return words[0].upper() + words[1:]
