"""The check from the command line: the library is read, and left as it is."""

import signal
from collections import Counter, defaultdict
from contextlib import closing

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from gallerynet.core.database import Database
from gallerynet.core.database.migrate import require_current
from gallerynet.core.errors import CannotStart
from gallerynet.core.integrity import Finding, Flaw, check
from gallerynet.core.storage import Storage
from gallerynet.core.words import counted
from gallerynet.settings import Settings
from gallerynet.terminal import open_console, printable

FLAWED = 1
SHOWN = 200  # findings of each kind that are named
MENDED = "gallerynet serve mends these by itself soon after it starts."


def check_library(settings: Settings, is_quick: bool) -> int:
    """Says what is wrong; returns the exit code. A server may run meanwhile. Raises CannotStart."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    require_current(settings.database_path)
    for folder in (settings.upload_dir, settings.thumbnail_dir):
        if not folder.is_dir():
            raise CannotStart(f"There is no folder {folder}. Name the library's by UPLOAD_DIR and THUMBNAIL_DIR.")
    console = open_console()
    columns = (TextColumn("Checking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(compact=True))
    found: defaultdict[Flaw, list[Finding]] = defaultdict(list)
    counts = Counter[Flaw]()
    items = 0
    with (
        closing(Database(settings.database_path)) as database,
        closing(Storage(settings.upload_dir, settings.thumbnail_dir)) as storage,
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task("", total=None)

        def report(done: int, total: int) -> None:
            nonlocal items
            items = done
            bar.update(task, completed=done, total=total)

        for finding in check(database, storage, report, is_quick):
            counts[finding.flaw] += 1
            if counts[finding.flaw] <= SHOWN:
                found[finding.flaw].append(finding)
    for flaw in Flaw:
        if counts[flaw]:
            table = Table(f"{flaw.value}: {counts[flaw]}", "", box=None, pad_edge=False)
            for finding in found[flaw]:
                table.add_row(Text(printable(finding.what)), Text(printable(finding.reason)))
            console.print(table)
            if counts[flaw] > SHOWN:
                console.print(f"… and {counts[flaw] - SHOWN} more.")
            if flaw.is_mended_by_repair:
                console.print(MENDED)
            console.print()
    console.print(f"{counted(items, 'item')} checked" + (", and everything is there." if not counts else "."))
    return FLAWED if counts else 0
