"""What everything with an identity has in common, and what is left of it when it goes."""

import strawberry


@strawberry.type(description="What a deletion took away: nothing, where there was nothing any more.")
class DeletedPayload:
    count: int = strawberry.field(description="How many.")
    ids: list[strawberry.ID] = strawberry.field(description="Which.")


@strawberry.interface(description="Anything with an id of its own.")
class Node:
    id: strawberry.ID = strawberry.field(description="A UUID; opaque to clients.")
