"""GraphQL's scalars, and the Python types that stand for them."""

from typing import NewType

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

from gallerynet.core import clock
from gallerynet.core.errors import InvalidInput
from gallerynet.core.ingest.receive import Received

ByteCount = NewType("ByteCount", int)
MAX_BYTE_COUNT = 2**53 - 1


def _parse_timestamp(value: object) -> clock.Timestamp:
    try:
        return clock.parse(str(value))
    except ValueError as error:
        raise InvalidInput(f"{value!r} is no RFC 3339 date and time, such as 2024-01-15T13:45:30Z.") from error


def _parse_byte_count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_BYTE_COUNT:
        raise InvalidInput(f"{value!r} is no number of bytes.")
    return value


def _parse_upload(value: object) -> Received:
    if not isinstance(value, Received):
        raise InvalidInput(
            "An Upload is a file part of a multipart request: see the GraphQL multipart request specification."
        )
    return value


def _plain(value: object) -> object:
    return value


SCALARS: dict[object, ScalarDefinition] = {
    clock.Timestamp: strawberry.scalar(
        name="DateTime",
        description="A point in time: RFC 3339 in UTC.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
        serialize=_plain,
        parse_value=_parse_timestamp,
    ),
    ByteCount: strawberry.scalar(
        name="ByteCount",
        description="A whole number of bytes, 0 .. 2^53-1, as a JSON number.",
        serialize=_plain,
        parse_value=_parse_byte_count,
    ),
    Received: strawberry.scalar(
        name="Upload",
        description="A file part by the GraphQL multipart request specification.",
        specified_by_url="https://github.com/jaydenseric/graphql-multipart-request-spec",
        serialize=_plain,
        parse_value=_parse_upload,
    ),
}

CONFIG = StrawberryConfig(scalar_map=SCALARS)
