"""Runs of learning and applying tags, and the way back to what was there before."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa

from gallerynet.core.database import Transaction
from gallerynet.core.database.tables import media, tag_models, tag_run_states, tag_runs, tags
from gallerynet.core.errors import Conflict, NotFound
from gallerynet.core.ids import Id
from gallerynet.core.tags.models import automatic_tags, give

KEPT = 20  # runs that can be undone

# A tag's state: the row of its model, and its automatic tags.
State = tuple[dict[str, Any] | None, dict[int, float]]


@dataclass(frozen=True)
class Undone:
    """The tags that are as they were; ``last_key`` is of the newest item of that time."""

    tag_keys: list[int]
    last_key: int
    is_repeated: bool  # it had been undone before: nothing was changed


def state_of(tx: Transaction, tag_key: int) -> State:
    """To be taken before a run changes the tag."""
    row = tx.execute(sa.select(tag_models).where(tag_models.c.tag_id == tag_key)).mappings().first()
    return (None if row is None else dict(row)), automatic_tags(tx.connection, tag_key)


def record_run(tx: Transaction, job_id: Id, before: dict[int, State]) -> None:
    """Keeps what was there before, under the job's id; the oldest runs are forgotten."""
    last_key = tx.execute(sa.select(sa.func.max(media.c.key))).scalar() or 0
    run = sa.insert(tag_runs).values(job_id=job_id, last_key=last_key).returning(tag_runs.c.number)
    number = tx.execute(run).scalar_one()
    rows = [
        {
            "run_number": number,
            "tag_id": tag_key,
            "model": _packed(model),
            "media_keys": np.array(list(tagged), dtype="<i8").tobytes(),
            "confidences": np.array(list(tagged.values()), dtype="<f8").tobytes(),
        }
        for tag_key, (model, tagged) in before.items()
    ]
    if rows:
        tx.execute(sa.insert(tag_run_states), rows)
    tx.execute(sa.delete(tag_runs).where(tag_runs.c.number <= number - KEPT))


def undo_run(tx: Transaction, job_id: Id) -> Undone:
    """Puts the models and automatic tags back; what the user said since then stays said.

    Raises NotFound for a run that is not known any more, Conflict where a later run has built on it.
    """
    run = tx.execute(sa.select(tag_runs).where(tag_runs.c.job_id == job_id)).first()
    if run is None:
        raise NotFound(f"There is no run of tagging with the id {job_id}. The last {KEPT} can be undone.")
    states = tx.execute(sa.select(tag_run_states).where(tag_run_states.c.run_number == run.number)).all()
    keys = [state.tag_id for state in states]
    if run.undone_at is not None:
        return Undone(keys, run.last_key, is_repeated=True)
    later = tx.execute(
        sa.select(tags.c.name)
        .join(tag_run_states, tag_run_states.c.tag_id == tags.c.id)
        .join(tag_runs, tag_runs.c.number == tag_run_states.c.run_number)
        .where(tags.c.id.in_(keys), tag_runs.c.number > run.number, tag_runs.c.undone_at.is_(None))
        .order_by(tags.c.name)
    ).scalar()
    if later is not None:
        raise Conflict(f"The tag {later!r} was learned or applied again since. Undo that first.")
    for state in states:
        tx.execute(sa.delete(tag_models).where(tag_models.c.tag_id == state.tag_id))
        if state.model is not None:
            tx.execute(sa.insert(tag_models).values(_unpacked(state.model)))
        media_keys = np.frombuffer(state.media_keys, dtype="<i8").tolist()
        confidences = np.frombuffer(state.confidences, dtype="<f8").tolist()
        give(tx, state.tag_id, dict(zip(media_keys, confidences, strict=True)))
    tx.execute(sa.update(tag_runs).where(tag_runs.c.number == run.number).values(undone_at=tx.started_at))
    return Undone(keys, run.last_key, is_repeated=False)


def _packed(model: dict[str, Any] | None) -> bytes | None:
    if model is None:
        return None
    return json.dumps(
        {
            name: {"blob": b64encode(value).decode()} if isinstance(value, bytes) else value
            for name, value in model.items()
        }
    ).encode()


def _unpacked(packed: bytes) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(packed)
    return {name: b64decode(value["blob"]) if isinstance(value, dict) else value for name, value in values.items()}
