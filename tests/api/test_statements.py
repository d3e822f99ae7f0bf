"""A page costs the same few statements however many items are on it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import event

from gallerynet.core.auth import Auth
from gallerynet.core.ids import Id
from gallerynet.core.ingest.pipeline import Added
from gallerynet.core.ingest.receive import Receiver
from gallerynet.core.library import Library
from gallerynet.resolvers.context import Context, Services, Viewer
from gallerynet.schema import schema
from tests.pictures import drawn, encode

QUERY = """
query($first: Int!) {
  media(first: $first) {
    totalCount
    edges {
      cursor
      node { id exif camera { make } tags { confidence tag { name manualCount } } folders { name itemCount } }
    }
  }
}
"""
BUDGET = 7


@pytest.fixture
def filled(library: Library) -> Library:
    ids: list[Id] = []
    for seed in range(12):
        receiver = Receiver(library.storage, f"{seed}.jpg")
        receiver.write(encode(drawn(seed)))
        outcome = library.ingest.add(receiver.finish(), None, allow_near_duplicates=True)
        assert isinstance(outcome, Added)
        ids.append(outcome.media.id)
    for name in ("one", "two", "three"):
        library.tags.edit(ids, [name], [])
        library.folders.add(library.folders.create(name).id, ids)
    return library


def _statements(library: Library, first: int) -> list[str]:
    seen: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    engine = library.database._readers  # noqa: SLF001 - to listen to it
    event.listen(engine, "before_cursor_execute", note)
    try:
        with ThreadPoolExecutor(1) as threads:
            context = Context(Services(library, Auth(library.database, ""), threads), Viewer(True, None))
            result = asyncio.run(schema.execute(QUERY, {"first": first}, context_value=context))
        assert result.errors is None
        assert result.data is not None
        assert len(result.data["media"]["edges"]) == first
        assert len(result.data["media"]["edges"][0]["node"]["tags"]) == 3
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return seen


def test_the_number_of_statements_does_not_grow_with_the_page(filled: Library) -> None:
    assert len(_statements(filled, 1)) == len(_statements(filled, 12)) <= BUDGET
