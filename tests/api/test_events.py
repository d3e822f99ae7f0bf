"""Every change is told to whoever watches, in order, once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

import pytest
from gql import Client as GqlClient
from gql import gql
from gql.transport.websockets import WebsocketsTransport

from tests.pictures import drawn, encode
from tests.server import Server

EVENTS = """
subscription($after: String) {
  libraryEvents(after: $after) {
    __typename cursor occurredAt
    ... on MediaAdded { media { id } }
    ... on MediaChanged { media { id isFavorite } }
    ... on MediaRemoved { ids toTrash }
    ... on FolderChanged { folder { id name itemCount } }
    ... on FolderRemoved { id }
    ... on FoldersReordered { folders { id } }
    ... on FolderContentsChanged { folder { id } added removed }
    ... on TagsChanged { tags { id name } removed }
  }
}
"""


@asynccontextmanager
async def watching(server: Server, document: str, **variables: Any) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
    transport = WebsocketsTransport(
        url=server.url.replace("http", "ws") + "/graphql", subprotocols=["graphql-transport-ws"]
    )
    async with GqlClient(transport=transport) as session:
        request = gql(document)
        request.variable_values = variables
        async with aclosing(session.subscribe(request)) as stream:
            yield stream


@pytest.fixture(scope="module")
def ids(server: Server) -> list[str]:
    return [server.client.add(f"{number}.jpg", encode(drawn(900 + number))) for number in range(5)]


def _last_cursor(server: Server) -> str:
    cursor: str = server.client.run("{ session { eventCursor } }")["session"]["eventCursor"]
    return cursor


def _events_since(server: Server, cursor: str, count: int = 1000, until: str = "") -> list[dict[str, Any]]:
    """So many, or up to the first of the type ``until``."""

    async def collect() -> list[dict[str, Any]]:
        found = []
        async with watching(server, EVENTS, after=cursor) as stream:
            async for answer in stream:
                found.append(answer["libraryEvents"])
                if len(found) == count or found[-1]["__typename"] == until:
                    break
        return found

    return asyncio.run(asyncio.wait_for(collect(), 20))


def test_every_mutation_tells_what_it_did(server: Server, ids: list[str]) -> None:
    server.client.run('mutation { createFolder(name: "First") { id } }')
    cursor = _last_cursor(server)
    expected: list[str] = []

    def told(kinds: str, query: str, **variables: Any) -> dict[str, Any]:
        expected.extend(kinds.split())
        return server.client.run(query, **variables)

    one = ids[:1]
    told("MediaChanged", "mutation($i: [ID!]!) { setFavorite(ids: $i, favorite: true) { id } }", i=one)
    told("", "mutation($i: [ID!]!) { setFavorite(ids: $i, favorite: true) { id } }", i=one)
    date = 'originalDate: "2020-01-01T00:00:00Z"'
    told("MediaChanged", f"mutation($i: [ID!]!) {{ setOriginalDate(ids: $i, {date}) {{ id }} }}", i=one)
    folder = told("FolderChanged", 'mutation { createFolder(name: "Told") { id } }')["createFolder"]["id"]
    told("FolderChanged", 'mutation($f: ID!) { renameFolder(id: $f, name: "Retold") { id } }', f=folder)
    move = "mutation($f: ID!, $i: [ID!]!) { %s(folderId: $f, mediaIds: $i) { id } }"
    told("FolderContentsChanged", move % "addToFolder", f=folder, i=ids)
    told("", move % "addToFolder", f=folder, i=ids)
    told("FolderContentsChanged", move % "removeFromFolder", f=folder, i=ids[2:])
    told("FoldersReordered", "mutation($f: ID!) { reorderFolders(ids: [$f]) { id } }", f=folder)
    told("MediaChanged TagsChanged", 'mutation($i: [ID!]!) { tagMedia(ids: $i, add: ["told"]) { id } }', i=ids[:3])
    learned = told("", 'mutation { learnTag(name: "told") { taggedCount tag { id } } }')["learnTag"]
    expected.extend(["MediaChanged"] * bool(learned["taggedCount"]) + ["TagsChanged"])
    tag = learned["tag"]["id"]
    told("TagsChanged", 'mutation($t: ID!) { renameTag(id: $t, name: "retold") { id } }', t=tag)
    review = "mutation($t: ID!, $r: [ID!]) { reviewTag(id: $t, reject: $r) { id } }"
    told("MediaChanged TagsChanged", review, t=tag, r=ids[4:])
    told("MediaRemoved FolderChanged TagsChanged", "mutation($i: [ID!]!) { deleteMedia(ids: $i) { count } }", i=one)
    told("MediaAdded FolderChanged TagsChanged", "mutation($i: [ID!]!) { restoreMedia(ids: $i) { id } }", i=one)
    server.client.add("last.jpg", encode(drawn(950)))
    expected.append("MediaAdded")

    events = _events_since(server, cursor, len(expected))
    assert [event["__typename"] for event in events] == expected
    cursors = [int(event["cursor"]) for event in events]
    assert cursors == sorted(set(cursors))


def test_what_goes_for_good_is_told_by_its_going(server: Server) -> None:
    """Earlier events speak of nothing any more, and are left out."""
    cursor = _last_cursor(server)
    identity = server.client.add("short lived.jpg", encode(drawn(960)))
    folder = server.client.run('mutation { createFolder(name: "Short") { id } }')["createFolder"]["id"]
    server.client.run('mutation($i: [ID!]!) { tagMedia(ids: $i, add: ["short"]) { id } }', i=[identity])
    tag = server.client.run('{ tag(name: "short") { id } }')["tag"]["id"]
    server.client.run("mutation($i: ID!) { deleteTag(id: $i) { count } }", i=tag)
    server.client.run("mutation($i: ID!) { deleteFolder(id: $i) { count } }", i=folder)
    server.client.run("mutation($i: ID!) { deleteMedia(ids: [$i], permanently: true) { count } }", i=identity)
    events = _events_since(server, cursor, until="MediaRemoved")
    told = {event["__typename"]: event for event in events}
    assert told["FolderRemoved"]["id"] == folder
    assert told["MediaRemoved"]["ids"] == [identity]
    assert told["MediaRemoved"]["toTrash"] is False
    assert [tag] in [event["removed"] for event in events if event["__typename"] == "TagsChanged"]
    assert not [event for event in events if event["__typename"] in ("MediaAdded", "FolderChanged")]


def test_a_watcher_sees_each_as_it_happens(server: Server) -> None:
    cursor = _last_cursor(server)

    async def work() -> None:
        async with watching(server, EVENTS, after=cursor) as stream:
            for number in range(20):
                query = "mutation($n: String!) { createFolder(name: $n) { id name } }"
                made = await asyncio.to_thread(server.client.run, query, n=f"live {number}")
                event = (await anext(stream))["libraryEvents"]
                assert event["__typename"] == "FolderChanged"
                assert event["folder"] == {**made["createFolder"], "itemCount": 0}

    asyncio.run(asyncio.wait_for(work(), 30))


def test_progress_of_a_job_until_it_ends(server: Server, ids: list[str]) -> None:
    for path in server.thumbnails.rglob("*.jpg"):
        path.unlink()

    async def follow() -> list[dict[str, Any]]:
        query = "mutation($i: [ID!]) { repairMedia(ids: $i) { id } }"
        job = (await asyncio.to_thread(server.client.run, query, i=ids[1:]))["repairMedia"]["id"]
        document = "subscription($i: ID) { jobProgress(id: $i) { id state done total message finishedAt } }"
        async with watching(server, document, i=job) as stream:
            return [answer["jobProgress"] async for answer in stream]

    seen = asyncio.run(asyncio.wait_for(follow(), 30))
    assert len({job["id"] for job in seen}) == 1
    assert seen[-1]["state"] == "SUCCEEDED"
    assert seen[-1]["done"] == seen[-1]["total"] == len(ids) - 1
    assert [job["done"] for job in seen] == sorted(job["done"] for job in seen)


def test_batches_of_ten_thousand_ids_are_taken(server: Server) -> None:
    unknown = [f"00000000-0000-4000-8000-{number:012x}" for number in range(10_000)]
    deleted = server.client.run("mutation($i: [ID!]!) { deleteMedia(ids: $i) { count } }", i=unknown)
    assert deleted["deleteMedia"]["count"] == 0
    known = server.client.run(
        "query($h: [String!]!) { knownContent(hashes: $h) { id } }", h=[f"{n:064x}" for n in range(10_000)]
    )
    assert known["knownContent"] == []


@pytest.mark.usefixtures("ids")
def test_groups_are_served(server: Server) -> None:
    answer = server.client.run(
        """{
          similarGroups(minSimilarity: 50) { totalCount nodes { id size best { id } media { id } } }
          duplicateGroups { totalCount nodes { id } }
        }"""
    )
    (group,) = answer["similarGroups"]["nodes"]
    assert group["size"] == len(group["media"]) == answer["similarGroups"]["totalCount"] * group["size"]
    assert group["best"]["id"] in [item["id"] for item in group["media"]]
    assert answer["duplicateGroups"]["totalCount"] == 0
