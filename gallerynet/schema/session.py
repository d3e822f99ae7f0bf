"""Logging in and out."""

import strawberry


@strawberry.type(description="Whether the client is logged in, and has to be.")
class Session:
    is_authenticated: bool = strawberry.field(description="Whether everything may be asked.")
    is_required: bool = strawberry.field(description="Whether the gallery has a password.")


@strawberry.type(description="How logging in or out left the client.")
class LoginPayload:
    session: Session = strawberry.field(description="The state from now on.")
