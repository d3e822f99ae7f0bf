"""gql, the Python client: a query, an upload, a subscription."""

import asyncio
from typing import Any

from gql import Client as GqlClient
from gql import FileVar, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.websockets import WebsocketsTransport

from tests.pictures import drawn, encode
from tests.server import UPLOAD, Server


def test_gql(server: Server, tmp_path_factory: Any) -> None:
    picture = tmp_path_factory.mktemp("picture") / "sent.jpg"
    picture.write_bytes(encode(drawn(503)))

    async def talk() -> None:
        transport = AIOHTTPTransport(f"{server.url}/graphql", headers={"X-Requested-With": "tests"})
        async with GqlClient(transport=transport, fetch_schema_from_transport=True) as session:
            assert session.client.schema is not None
            assert (await session.execute(gql("{ session { isAuthenticated } }")))["session"]["isAuthenticated"]
            upload = gql(UPLOAD)
            upload.variable_values = {"files": [FileVar(str(picture))]}
            (result,) = (await session.execute(upload, upload_files=True))["uploadMedia"]
            assert result["filename"] == "sent.jpg"
            watching = asyncio.create_task(_first_event(server))
            rename = gql('mutation { createFolder(name: "told") { id } }')
            while not watching.done():
                await session.execute(rename)
                await asyncio.sleep(0.1)
            assert watching.result()["libraryEvents"]["__typename"] == "FolderChanged"

    asyncio.run(asyncio.wait_for(talk(), 30))


async def _first_event(server: Server) -> dict[str, Any]:
    url = server.url.replace("http", "ws") + "/graphql"
    transport = WebsocketsTransport(url, subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL])
    async with GqlClient(transport=transport) as session:
        async for event in session.subscribe(gql("subscription { libraryEvents { __typename cursor } }")):
            return dict(event)
    raise AssertionError("The subscription ended without an event.")
