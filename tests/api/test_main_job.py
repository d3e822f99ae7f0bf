"""Upload, find alike, tag, learn, watch: through a started server, with photographs."""

import asyncio
import hashlib
from pathlib import Path
from typing import Any

import pytest
from gql import Client as GqlClient
from gql import gql
from gql.transport.websockets import WebsocketsTransport

from tests.pictures import half_size, photos
from tests.server import Client, GraphQLErrors, Server, stored_files

SIMILAR = """
query Similar($reference: SimilarityReference!, $min: Float! = 50) {
  similarMedia(reference: $reference, minSimilarity: $min, first: 5) {
    totalCount
    referenceId
    edges { similarity node { id originalFilename } }
  }
}
"""


@pytest.fixture(scope="module")
def uploaded(server: Server) -> dict[Path, str]:
    """Every photograph with the id that it got."""
    paths = photos()
    results = [server.client.upload([(path.name, path.read_bytes())])[0] for path in paths]
    assert [result["__typename"] for result in results] == ["UploadedMedia"] * len(paths)
    return {path: result["media"]["id"] for path, result in zip(paths, results, strict=True)}


def test_every_photograph_goes_in_whole(server: Server, uploaded: dict[Path, str]) -> None:
    listed = server.client.run(
        "{ media(first: 200) { totalCount nodes { id contentHash isSearchable sizeBytes originalUrl placeholder } } }"
    )["media"]
    assert listed["totalCount"] == len(uploaded)
    by_id = {item["id"]: item for item in listed["nodes"]}
    for path, identity in uploaded.items():
        item = by_id[identity]
        assert item["isSearchable"]
        assert item["placeholder"]
        assert item["sizeBytes"] == path.stat().st_size
        assert item["contentHash"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert server.client.http.get(item["originalUrl"]).content == path.read_bytes()
        for size in ("square", "small", "large"):  # the last is made when it is asked for
            assert server.client.http.get(f"/thumbnails/{identity}/{size}").status_code == 200
    assert len(stored_files(server.uploads)) == len(uploaded)
    assert len(stored_files(server.thumbnails)) == 3 * len(uploaded)


def test_each_is_found_first_by_its_half_size_copy(client: Client, uploaded: dict[Path, str]) -> None:
    for path, identity in uploaded.items():
        found = client.send(
            SIMILAR, {"reference": {"image": None}}, {"variables.reference.image": ("copy.jpg", half_size(path))}
        )["similarMedia"]
        assert found["edges"][0]["node"]["id"] == identity, path.name
        assert found["edges"][0]["similarity"] > 90


def test_a_search_can_be_repeated_by_its_reference(client: Client, uploaded: dict[Path, str]) -> None:
    path = next(iter(uploaded))
    by_picture = client.send(
        SIMILAR, {"reference": {"image": None}}, {"variables.reference.image": ("copy.jpg", half_size(path))}
    )["similarMedia"]
    again = client.run(SIMILAR, reference={"referenceId": by_picture["referenceId"]})["similarMedia"]
    assert again == by_picture
    stricter = client.run(SIMILAR, reference={"referenceId": by_picture["referenceId"]}, min=95)["similarMedia"]
    assert all(edge["similarity"] >= 95 for edge in stricter["edges"])
    assert stricter["totalCount"] < by_picture["totalCount"]


def test_an_item_never_finds_itself(client: Client, uploaded: dict[Path, str]) -> None:
    for identity in list(uploaded.values())[:5]:
        found = client.run(SIMILAR, reference={"mediaId": identity}, min=0)["similarMedia"]
        assert identity not in [edge["node"]["id"] for edge in found["edges"]]
        assert found["totalCount"] == len(uploaded) - 1
        similarities = [edge["similarity"] for edge in found["edges"]]
        assert similarities == sorted(similarities, reverse=True)


def test_the_same_bytes_are_refused_and_still_join_the_folder(client: Client, uploaded: dict[Path, str]) -> None:
    path, identity = next(iter(uploaded.items()))
    folder = client.run('mutation { createFolder(name: "Trip") { id } }')["createFolder"]["id"]
    (result,) = client.upload([("again.jpg", path.read_bytes())], folderId=folder)
    assert result == {
        "__typename": "DuplicateMedia",
        "filename": "again.jpg",
        "existing": {"id": identity},
        "isExact": True,
    }
    inside = client.run("query($id: ID!) { folder(id: $id) { itemCount media { nodes { id } } } }", id=folder)["folder"]
    assert inside == {"itemCount": 1, "media": {"nodes": [{"id": identity}]}}


def test_tagging_learning_and_watching(server: Server, uploaded: dict[Path, str]) -> None:
    client = server.client
    ids = list(uploaded.values())
    tag_three = 'mutation($ids: [ID!]!) { tagMedia(ids: $ids, add: ["mine"]) { id tags { tag { name } source } } }'

    async def watch_while_working() -> list[dict[str, Any]]:
        transport = WebsocketsTransport(
            url=server.url.replace("http", "ws") + "/graphql", subprotocols=["graphql-transport-ws"]
        )
        async with GqlClient(transport=transport) as session:
            events: list[dict[str, Any]] = []
            ready = asyncio.Event()

            async def watch() -> None:
                document = gql(
                    "subscription { libraryEvents { __typename cursor"
                    " ... on MediaChanged { media { id isFavorite tags { tag { name } source confidence } } }"
                    " ... on TagsChanged { tags { name manualCount autoCount model { version isStale } } } } }"
                )
                stream = session.subscribe(document)
                ready.set()
                async for answer in stream:
                    event = answer["libraryEvents"]
                    events.append(event)
                    if event["__typename"] == "TagsChanged" and event["tags"][0]["model"] is not None:
                        return

            watching = asyncio.create_task(watch())
            await ready.wait()
            await asyncio.sleep(0.5)
            await asyncio.to_thread(
                client.run, "mutation($ids: [ID!]!) { setFavorite(ids: $ids, favorite: true) { id } }", ids=ids[:1]
            )
            await asyncio.to_thread(client.run, tag_three, ids=ids[:3])
            await asyncio.to_thread(client.run, 'mutation { learnTag(name: "mine") { taggedCount } }')
            await asyncio.wait_for(watching, 30)
            return events

    events = asyncio.run(watch_while_working())
    assert events[0]["__typename"] == "MediaChanged"
    assert [(item["id"], item["isFavorite"]) for item in events[0]["media"]] == [(ids[0], True)]
    tagged = next(event for event in events[1:] if event["__typename"] == "MediaChanged")
    assert {item["id"] for item in tagged["media"]} == set(ids[:3])
    assert tagged["media"][0]["tags"] == [{"tag": {"name": "mine"}, "source": "MANUAL", "confidence": None}]
    (tag,) = events[-1]["tags"]
    assert tag["manualCount"] == 3
    assert tag["model"] == {"version": 1, "isStale": False}
    cursors = [int(event["cursor"]) for event in events]
    assert cursors == sorted(cursors)
    listed = client.run('{ media(filter: { tags: ["mine"], tagSource: AUTO }) { totalCount } }')
    assert listed["media"]["totalCount"] == tag["autoCount"]
    client.run('mutation($ids: [ID!]!) { tagMedia(ids: $ids, remove: ["mine"]) { id } }', ids=ids[:1])
    assert client.run('{ tag(name: "mine") { model { isStale } } }')["tag"]["model"]["isStale"]


def test_an_event_cursor_resumes_without_a_gap(server: Server, uploaded: dict[Path, str]) -> None:
    identity = next(iter(uploaded.values()))

    async def first_events(count: int, after: str | None, change: bool) -> list[dict[str, Any]]:
        transport = WebsocketsTransport(
            url=server.url.replace("http", "ws") + "/graphql", subprotocols=["graphql-transport-ws"]
        )
        async with GqlClient(transport=transport) as session:
            document = gql("subscription($after: String) { libraryEvents(after: $after) { __typename cursor } }")
            document.variable_values = {"after": after}
            received: list[dict[str, Any]] = []
            if change:
                asyncio.get_running_loop().call_later(0.5, lambda: asyncio.ensure_future(asyncio.to_thread(toggle)))
            async for answer in session.subscribe(document):
                received.append(answer["libraryEvents"])
                if len(received) == count:
                    break
            return received

    def toggle() -> None:
        for favorite in (True, False):
            server.client.run(
                "mutation($id: ID!, $f: Boolean!) { setFavorite(ids: [$id], favorite: $f) { id } }",
                id=identity,
                f=favorite,
            )

    (seen,) = asyncio.run(asyncio.wait_for(first_events(1, None, change=True), 20))
    toggle()
    missed = asyncio.run(asyncio.wait_for(first_events(2, seen["cursor"], change=False), 20))
    assert [int(event["cursor"]) for event in missed] == [int(seen["cursor"]) + 1, int(seen["cursor"]) + 2]
    (resync,) = asyncio.run(asyncio.wait_for(first_events(1, "999999999", change=False), 20))
    assert resync["__typename"] == "ResyncRequired"


def test_unknown_cursor_texts_are_refused(server: Server) -> None:
    async def subscribe() -> None:
        transport = WebsocketsTransport(
            url=server.url.replace("http", "ws") + "/graphql", subprotocols=["graphql-transport-ws"]
        )
        async with GqlClient(transport=transport) as session:
            async for _ in session.subscribe(gql('subscription { libraryEvents(after: "x") { cursor } }')):
                pass

    with pytest.raises(Exception, match="no cursor of an event"):
        asyncio.run(subscribe())


def test_a_tag_with_one_example_is_not_learned(client: Client, uploaded: dict[Path, str]) -> None:
    identity = next(iter(uploaded.values()))
    client.run('mutation($id: ID!) { tagMedia(ids: [$id], add: ["lonely"]) { id } }', id=identity)
    with pytest.raises(GraphQLErrors) as caught:
        client.run('mutation { learnTag(name: "lonely") { taggedCount } }')
    assert caught.value.code == "BAD_USER_INPUT"
    assert "1 example" in caught.value.message
