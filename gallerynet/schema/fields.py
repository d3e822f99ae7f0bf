"""Fields that a resolver answers.

The class attribute's annotation is the GraphQL type; the resolver returns what core knows, which has the attributes
that the type declares. So a type checker sees two types where GraphQL sees one: these functions stand between.
"""

from collections.abc import Callable
from typing import Any

import strawberry


def answered_by(resolver: Callable[..., Any], description: str) -> Any:
    """A field of a type, a query or a mutation."""
    return strawberry.field(resolver=resolver, description=description)


def watched_by(resolver: Callable[..., Any], description: str) -> Any:
    """A subscription."""
    return strawberry.subscription(resolver=resolver, description=description)
