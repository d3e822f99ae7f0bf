"""Identities: UUID texts outside, 16-byte blobs in the database."""

from dataclasses import dataclass
from typing import NewType
from uuid import UUID, uuid4

Id = NewType("Id", str)


@dataclass(frozen=True, slots=True)
class Deleted:
    """What a deletion took away: nothing, where there was nothing any more."""

    count: int
    ids: list[Id]


def new_id() -> Id:
    return Id(str(uuid4()))


def parse_id(text: str) -> Id | None:
    """The canonical spelling of an id, or None where ``text`` can be no id of ours."""
    try:
        return Id(str(UUID(text)))
    except ValueError:
        return None


def parse_ids(texts: list[str]) -> list[Id]:
    """The ids among ``texts``, each once, in their order; what can be no id of ours is left out."""
    found = (parse_id(text) for text in texts)
    return list(dict.fromkeys(item for item in found if item is not None))


def id_to_blob(identity: str) -> bytes:
    return UUID(identity).bytes


def id_from_blob(blob: bytes) -> Id:
    digits = blob.hex()
    return Id(f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}")
