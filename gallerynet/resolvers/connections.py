"""Pages of lists in the shape of the Relay cursor connections specification."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from gallerynet.core.ids import Id
from gallerynet.core.media.filters import MediaFilter
from gallerynet.core.media.listing import Page
from gallerynet.core.media.model import Media
from gallerynet.core.search.groups import Group, GroupPage
from gallerynet.core.search.likeness import SimilarItem, SimilarPage

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True, slots=True)
class Edge:
    cursor: str
    node: Media


@dataclass(frozen=True, slots=True)
class Connection(Generic[E]):
    edges: list[E]
    page_info: PageInfo


@dataclass(frozen=True, slots=True)
class MediaConnection(Connection[Edge]):
    nodes: list[Media]
    wanted: MediaFilter  # by which the total is counted, if it is asked for


@dataclass(frozen=True, slots=True)
class SimilarConnection(Connection[SimilarItem]):
    total_count: int
    reference_id: Id


@dataclass(frozen=True, slots=True)
class GroupConnection:
    nodes: list[Group]
    page_info: PageInfo
    total_count: int


def group_connection(page: GroupPage) -> GroupConnection:
    info = _page_info(page.cursors, page.has_next, page.has_previous)
    return GroupConnection(page.groups, info, page.total_count)


def media_connection(page: Page, wanted: MediaFilter) -> MediaConnection:
    edges = [Edge(cursor, item) for cursor, item in zip(page.cursors, page.items, strict=True)]
    return MediaConnection(edges, _page_info(page.cursors, page.has_next, page.has_previous), page.items, wanted)


def similar_connection(page: SimilarPage) -> SimilarConnection:
    cursors = [item.cursor for item in page.items]
    info = _page_info(cursors, page.has_next, page.has_previous)
    return SimilarConnection(page.items, info, page.total_count, page.reference_id)


def _page_info(cursors: list[str], has_next: bool, has_previous: bool) -> PageInfo:
    return PageInfo(has_next, has_previous, cursors[0] if cursors else None, cursors[-1] if cursors else None)
