"""The demo fills an empty library, and no other; the synthetic one is whole by every rule."""

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from gallerynet.cli import main
from gallerynet.core.errors import Conflict
from gallerynet.core.jobs import JobKind, JobState
from gallerynet.core.library import Library
from gallerynet.core.media.filters import EVERYTHING, MediaFilter
from gallerynet.core.media.listing import NEWEST_FIRST
from gallerynet.demo.collection import TOTAL
from gallerynet.demo.filling import fill, require_empty
from gallerynet.demo.scenes import KINDS, draw
from gallerynet.demo.synthetic import fill_synthetically
from tests.pictures import drawn, encode
from tests.server import GraphQLErrors, Server

COUNT = 400


def _quiet(done: int, total: int, what: object) -> None:
    assert 0 <= done <= total, what


@pytest.mark.parametrize("kind", KINDS)
def test_a_scene_is_its_seeds_and_no_plain_picture(kind: str) -> None:
    one, again, other = (np.asarray(draw(kind, seed, (240, 160)), np.int16) for seed in (1, 1, 2))
    assert one.shape == (160, 240, 3)
    assert (one == again).all()
    assert np.abs(one - other).mean() > 3
    assert one.std() > 8


def test_everything_can_be_tried(library: Library) -> None:
    count = fill(library, _quiet)
    found = library.statistics()
    assert found.total_files == count == TOTAL
    assert len(library.folders.all()) == 3
    for tag in library.tags.all():
        assert tag.model is not None
        assert tag.auto_count > 0
    assert len(library.tags.all()) == 2
    assert library.duplicates.page(10, None).groups
    assert library.lists.count(MediaFilter(has_location=True)) > 50
    assert library.lists.count(MediaFilter(favorite=True)) > 5
    # As after a restart in the middle: nothing is there twice.
    assert fill(library, _quiet) == count
    assert library.statistics().total_files == count
    assert len(library.folders.all()) == 3
    with pytest.raises(Conflict, match="empty library only"):
        require_empty(library)


def test_a_synthetic_library_needs_no_repair(library: Library) -> None:
    fill_synthetically(library, COUNT, _quiet, scenes=30)
    assert library.statistics().total_files == COUNT
    items = library.lists.window(EVERYTHING, NEWEST_FIRST, 0, 200)
    assert [item.original_filename for item in items] == [f"IMG_{COUNT - 1 - number:06}.jpg" for number in range(200)]
    for item in items[:5]:
        original = library.storage.original(item.filename)
        assert original.stat().st_size == item.size_bytes
        assert library.storage.has_thumbnails(item.id)
    library.jobs.start()
    job = library.jobs.queue(JobKind.REPAIR)
    deadline = time.monotonic() + 180
    while not library.jobs.find(job.id).is_finished and time.monotonic() < deadline:
        time.sleep(0.05)
    ended = library.jobs.find(job.id)
    assert (ended.state, ended.message) == (JobState.SUCCEEDED, "0 items repaired.")


def test_the_command_refuses_a_library_that_has_items(tmp_path: Path) -> None:
    arguments = ["demo", "--items", "3", "--database", str(tmp_path / "gallery.db")]
    arguments += ["--uploads", str(tmp_path / "uploads"), "--thumbnails", str(tmp_path / "thumbnails")]
    made = subprocess.run([sys.executable, "-m", "gallerynet", *arguments], capture_output=True, text=True, check=True)
    assert "The library has 3 items" in made.stdout
    assert made.stderr == ""
    again = CliRunner().invoke(main, arguments)
    assert again.exit_code == 1
    assert "this one has 3 items" in again.output


def test_the_app_can_ask_for_it_once(server: Server) -> None:
    server.client.add("own.jpg", encode(drawn(1)))
    with pytest.raises(GraphQLErrors) as refused:
        server.client.run("mutation { startDemo { id } }")
    assert refused.value.code == "CONFLICT"
