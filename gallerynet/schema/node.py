"""What everything with an identity has in common."""

import strawberry


@strawberry.interface(description="Anything with an id of its own.")
class Node:
    id: strawberry.ID = strawberry.field(description="A UUID; opaque to clients.")
