"""Logging in and out."""

import strawberry


@strawberry.type(description="Whether the client is logged in, and has to be.")
class Session:
    is_authenticated: bool = strawberry.field(description="Whether everything may be asked.")
    is_required: bool = strawberry.field(description="Whether the gallery has a password.")
    event_cursor: str | None = strawberry.field(
        description="The newest event's. Asked for before anything else, and given to libraryEvents, it leaves no gap "
        "between what was read and what is heard of. Null for those who are not logged in."
    )


@strawberry.type(description="How logging in or out left the client.")
class LoginPayload:
    session: Session = strawberry.field(description="The state from now on.")
