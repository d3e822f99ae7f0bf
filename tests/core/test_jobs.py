import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from gallerynet.core.database import Database
from gallerynet.core.database.migrate import migrate
from gallerynet.core.database.tables import jobs as table
from gallerynet.core.errors import Conflict, InvalidInput, NotFound
from gallerynet.core.ids import Id, new_id
from gallerynet.core.job_notes import Counted, Note, NoteCode, from_json, to_json
from gallerynet.core.jobs import Job, JobKind, Jobs, JobState, Progress

DONE = Note(NoteCode.REPAIRED, {Counted.ITEMS: 0})


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(tmp_path / "gallery.db")
    migrate(made)
    return made


@pytest.fixture
def runner(database: Database) -> Iterator[Jobs]:
    made = Jobs(database, is_running=lambda _: True)
    yield made
    made.stop()


def _wait(runner: Jobs, until: Callable[[], bool]) -> None:
    changed = threading.Event()
    runner.on_change(lambda _: changed.set())
    while not until():
        assert changed.wait(20), "nothing happened"
        changed.clear()


def _finished(runner: Jobs, identity: Id) -> Job:
    _wait(runner, lambda: runner.find(identity).is_finished)
    return runner.find(identity)


def test_a_job_runs_and_says_what_it_came_to(runner: Jobs) -> None:
    def work(progress: Progress) -> Note:
        for step in range(5):
            progress.report(step, 5, Note(NoteCode.AT_ITEM, name=f"step {step}"))
        progress.report(5, 5)
        return Note(NoteCode.REPAIRED, {Counted.ITEMS: 5, Counted.FAILED: progress.arguments["failed"]})

    runner.register(JobKind.REPAIR, work)
    job = _finished(runner, runner.queue(JobKind.REPAIR, {"failed": 2}).id)
    assert (job.state, job.done, job.total, job.message) == (
        JobState.SUCCEEDED,
        5,
        5,
        "5 items repaired. 2 could not be: see their errors.",
    )
    assert job.note == Note(NoteCode.REPAIRED, {Counted.ITEMS: 5, Counted.FAILED: 2})
    assert job.started_at is not None
    assert job.finished_at is not None


def test_failures_are_told_in_words(runner: Jobs, caplog: pytest.LogCaptureFixture) -> None:
    def expected(_: Progress) -> Note:
        raise InvalidInput("There is no tape in the machine.")

    def unexpected(_: Progress) -> Note:
        raise ZeroDivisionError

    runner.register(JobKind.REPAIR, expected)
    runner.register(JobKind.IMPORT, unexpected)
    job = _finished(runner, runner.queue(JobKind.REPAIR).id)
    assert (job.state, job.error, job.note) == (JobState.FAILED, "There is no tape in the machine.", None)
    job = _finished(runner, runner.queue(JobKind.IMPORT).id)
    assert job.state is JobState.FAILED
    assert job.note == Note(NoteCode.FAILED_INSIDE)
    assert job.error == str(job.note)
    assert "ZeroDivisionError" in caplog.text


def test_one_of_a_kind_at_a_time_and_kinds_side_by_side(runner: Jobs) -> None:
    running: list[JobKind] = []
    both, go_on = threading.Barrier(2), threading.Event()

    def work(progress: Progress) -> Note:
        assert progress.job.kind not in running
        running.append(progress.job.kind)
        if progress.arguments.get("meet"):
            both.wait(20)
            go_on.set()
        running.remove(progress.job.kind)
        return DONE

    runner.register(JobKind.REPAIR, work)
    runner.register(JobKind.IMPORT, work)
    queued = [runner.queue(kind, {"meet": True}) for kind in (JobKind.REPAIR, JobKind.IMPORT)]
    queued += [runner.queue(JobKind.REPAIR, {"number": number}) for number in range(5)]
    assert {_finished(runner, job.id).state for job in queued} == {JobState.SUCCEEDED}
    assert go_on.is_set()


def test_the_same_work_waits_once(runner: Jobs) -> None:
    release = threading.Event()

    def work(_: Progress) -> Note:
        release.wait(20)
        return DONE

    runner.register(JobKind.REPAIR, work)
    first = runner.queue(JobKind.REPAIR)
    _wait(runner, lambda: runner.find(first.id).state is JobState.RUNNING)
    second, third = runner.queue(JobKind.REPAIR), runner.queue(JobKind.REPAIR)
    assert second.id == third.id != first.id
    release.set()
    assert _finished(runner, second.id).state is JobState.SUCCEEDED


def _endless(progress: Progress) -> Note:
    step = 0
    while True:
        step += 1
        progress.report(step, None)


def test_running_and_waiting_jobs_can_be_cancelled(runner: Jobs) -> None:
    runner.register(JobKind.REPAIR, _endless)
    running, waiting = runner.queue(JobKind.REPAIR), runner.queue(JobKind.REPAIR, {"x": 1})
    _wait(runner, lambda: runner.find(running.id).state is JobState.RUNNING)
    assert runner.cancel(waiting.id).state is JobState.CANCELLED
    assert runner.cancel(running.id).state is JobState.CANCELLED
    with pytest.raises(Conflict):
        runner.cancel(running.id)
    with pytest.raises(NotFound):
        runner.cancel(new_id())


def test_what_a_restart_interrupts_is_run_again(database: Database, runner: Jobs) -> None:
    runner.register(JobKind.REPAIR, _endless)
    job = runner.queue(JobKind.REPAIR, {"kept": True})
    _wait(runner, lambda: runner.find(job.id).state is JobState.RUNNING)
    runner.stop()
    assert runner.find(job.id).state is JobState.QUEUED
    with database.write() as tx:  # as a crash would have left it
        tx.execute(sa.update(table).values(state=JobState.RUNNING.value))
    again = Jobs(database)
    again.register(JobKind.REPAIR, lambda progress: Note(NoteCode.AT_ITEM, name=f"again: {progress.arguments}"))
    again.start()
    assert _finished(again, job.id).message == "again: {'kept': True}"
    again.stop()


def test_reports_are_told_on_at_most_ten_times_a_second(runner: Jobs) -> None:
    told: list[Job] = []
    runner.on_change(told.append)

    def work(progress: Progress) -> Note:
        for step in range(20_000):
            progress.report(step, 20_000)
        return DONE

    runner.register(JobKind.REPAIR, work)
    job = _finished(runner, runner.queue(JobKind.REPAIR).id)
    assert job.done == 19_999
    assert len(told) < 2_000


@pytest.mark.parametrize("is_seen_running", [False, True])
def test_jobs_of_another_process_are_told_of_however_short(
    database: Database, runner: Jobs, is_seen_running: bool
) -> None:
    told: list[tuple[JobKind, JobState]] = []
    runner.on_change(lambda job: told.append((job.kind, job.state)))

    def work(_: Progress) -> Note:
        if is_seen_running:
            runner.look_elsewhere()
        return DONE

    Jobs(database, is_running=lambda _: True).run_here(JobKind.IMPORT, "another run", work)
    runner.look_elsewhere()
    assert told[-1] == (JobKind.IMPORT, JobState.SUCCEEDED)
    told.clear()
    runner.look_elsewhere()
    assert told == []


def test_what_a_job_said_before_there_were_notes_is_kept(database: Database, runner: Jobs) -> None:
    runner.register(JobKind.REPAIR, lambda _: DONE)
    job = _finished(runner, runner.queue(JobKind.REPAIR).id)
    with database.write() as tx:
        tx.execute(sa.update(table).values(note=None, message="3 items repaired."))
    assert runner.find(job.id) == replace(job, note=None, message="3 items repaired.")


def test_every_note_is_a_sentence_and_is_kept_as_it_is() -> None:
    counts = {what: number for number, what in enumerate(Counted)}
    for code in NoteCode:
        note = Note(code, counts, "a {brace}.jpg")
        assert "None" not in str(note)
        assert from_json(json.loads(json.dumps(to_json(note)))) == note


def test_what_was_found_is_said_in_english() -> None:
    assert str(Note(NoteCode.IMPORTED)) == "Nothing to import."
    assert str(Note(NoteCode.IMPORTED, {Counted.ADDED: 3, Counted.REJECTED: 1})) == "3 added, 1 rejected."
    assert str(Note(NoteCode.CHECKED, {Counted.ITEMS: 1})) == "1 item checked: everything is there."
    found = {Counted.ITEMS: 4, Counted.MISSING: 1, Counted.STRAY: 2}
    said = "4 items checked. Originals missing: 1; Files that belong to no item: 2."
    assert str(Note(NoteCode.CHECKED, found)) == said
    assert str(Note(NoteCode.MAKING_PLAYABLE, {Counted.PERCENT: 40}, "a.avi")) == "Making a.avi playable: 40%"
