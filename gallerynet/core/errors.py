"""What can go wrong for a reason that the user can act upon.

GalleryError
├── InvalidInput        BAD_USER_INPUT      the request makes no sense as it stands
├── NotFound            NOT_FOUND           an id that names nothing
├── Conflict            CONFLICT            the library's state forbids it
├── UnsupportedMedia    UNSUPPORTED_MEDIA   a file that is no picture or video we can read
├── PayloadTooLarge     PAYLOAD_TOO_LARGE   more bytes or pixels than are taken
├── Unauthenticated     UNAUTHENTICATED     not logged in, or a wrong password
├── RateLimited         RATE_LIMITED        too many tries
├── Unavailable         UNAVAILABLE         not now: no model, no space, shutting down
└── CannotStart         UNAVAILABLE         the program refuses to run on what it found

Messages are sentences for the user: what is wrong and what to do about it.
"""

from typing import ClassVar


class GalleryError(Exception):
    """An expected failure; ``code`` is its name in the API, ``str(error)`` what the user reads."""

    code: ClassVar[str]


class InvalidInput(GalleryError):
    code = "BAD_USER_INPUT"


class NotFound(GalleryError):
    code = "NOT_FOUND"


class Conflict(GalleryError):
    code = "CONFLICT"


class UnsupportedMedia(GalleryError):
    code = "UNSUPPORTED_MEDIA"


class PayloadTooLarge(GalleryError):
    code = "PAYLOAD_TOO_LARGE"


class Unauthenticated(GalleryError):
    code = "UNAUTHENTICATED"


class RateLimited(GalleryError):
    """``retry_after`` is in how many seconds it may go better, where that is known."""

    code = "RATE_LIMITED"

    def __init__(self, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(GalleryError):
    code = "UNAVAILABLE"


class CannotStart(GalleryError):
    code = "UNAVAILABLE"
