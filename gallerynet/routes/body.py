"""What a request says, by whichever way it came: a query string or JSON."""

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from strawberry.http import GraphQLRequestData, GraphQLRequestProtocol

MAX_JSON_BYTES = 2 * 2**20

# Each with what it must be where it is given.
PARTS: dict[str, tuple[type, str]] = {
    "query": (str, "a string"),
    "operationName": (str, "a string"),
    "variables": (dict, "an object"),
    "extensions": (dict, "an object"),
}


async def read_json(request: Request) -> object:
    """Raises HTTPException for a body that is too large, however it is sent, or no JSON."""
    too_large = HTTPException(413, f"A JSON body has at most {MAX_JSON_BYTES // 2**20} MiB. Send files by multipart.")
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > MAX_JSON_BYTES:
        raise too_large
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_JSON_BYTES:
            raise too_large
    return _parsed(body, "The body")


def read_query_string(request: Request) -> object:
    """Variables and extensions are JSON within it."""
    found: dict[str, object] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if found.get(name):
            found[name] = _parsed(request.query_params[name], f"The parameter {name}")
        else:
            found.pop(name, None)
    return found


def to_request(data: object, protocol: GraphQLRequestProtocol) -> GraphQLRequestData:
    """Raises HTTPException where ``data`` is no GraphQL request."""
    if isinstance(data, list):
        raise HTTPException(400, "Batches of operations are not taken: send each in a request of its own.")
    if not isinstance(data, dict):
        raise HTTPException(400, 'The body must be a JSON object such as {"query": "{ __typename }"}.')
    for name, (kind, description) in PARTS.items():
        if not isinstance(data.get(name), kind | None):
            raise HTTPException(400, f"The request's {name} must be {description}, or be left out.")
    if not data.get("query"):
        raise HTTPException(400, "The request has no query.")
    return GraphQLRequestData(
        data["query"], data.get("variables"), data.get("operationName"), data.get("extensions"), protocol
    )


def _parsed(text: str | bytearray, what: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise HTTPException(400, f"{what} is not JSON in UTF-8.") from error
