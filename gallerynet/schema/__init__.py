"""The GraphQL schema: types by noun, and the three roots."""

from gallerynet.schema.build import schema

__all__ = ["schema"]
