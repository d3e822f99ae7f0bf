"""One place where errors become what a client reads."""

import logging
from uuid import uuid4

from graphql import GraphQLError, GraphQLSyntaxError
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError

from gallerynet.core.errors import GalleryError, InvalidInput, RateLimited

logger = logging.getLogger("gallerynet")

TOO_COMPLEX = "QUERY_TOO_COMPLEX"
INTERNAL = "INTERNAL"
WENT_WRONG = "Something went wrong inside the server. Its log says more under the reference given here."
# How the parser says of a document that it is too long or too deep.
PARSING_ABORTED = "Parsing aborted."
# About the request as a whole: the message is GraphQL's own and helps.
OF_THE_REQUEST = (GraphQLError, MissingQueryError, CannotGetOperationTypeError, InvalidOperationTypeError)


def present(error: GraphQLError) -> None:
    """Gives the error its code; what nobody expected keeps its inside to the log, and a reference to find it there."""
    cause = _cause(error)
    if isinstance(cause, GalleryError):
        error.extensions = {**(error.extensions or {}), "code": cause.code}
        if isinstance(cause, RateLimited) and cause.retry_after is not None:
            error.extensions["retryAfter"] = cause.retry_after
    elif cause is None or isinstance(cause, OF_THE_REQUEST):
        if isinstance(cause, InvalidOperationTypeError):
            error.message = "Only subscriptions are taken on this connection. Send queries and mutations by POST."
        aborted = isinstance(error, GraphQLSyntaxError) and PARSING_ABORTED in error.message
        error.extensions = {"code": TOO_COMPLEX if aborted else InvalidInput.code, **(error.extensions or {})}
    else:
        reference = uuid4().hex[:12]
        logger.error("Unexpected error, reference %s, at %s", reference, error.path, exc_info=cause)
        error.message = WENT_WRONG
        error.extensions = {"code": INTERNAL, "reference": reference}


def _cause(error: GraphQLError) -> BaseException | None:
    cause: BaseException | None = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause
