"""One place where errors become what a client reads."""

import logging
from uuid import uuid4

from graphql import GraphQLError

from gallerynet.core.errors import GalleryError

logger = logging.getLogger("gallerynet")


def present(error: GraphQLError) -> None:
    """Gives the error its code; what nobody expected keeps its inside to the log, and a reference to find it there."""
    cause = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    if isinstance(cause, GalleryError):
        error.extensions = {**(error.extensions or {}), "code": cause.code}
    elif cause is None or isinstance(cause, GraphQLError):
        # The document or its variables: the message is GraphQL's own and helps.
        error.extensions = {"code": "BAD_USER_INPUT", **(error.extensions or {})}
    else:
        reference = uuid4().hex[:12]
        logger.error("Unexpected error, reference %s, at %s", reference, error.path, exc_info=cause)
        error.message = "Something went wrong inside the server. Its log says more under the reference given here."
        error.extensions = {"code": "INTERNAL", "reference": reference}
