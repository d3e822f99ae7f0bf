"""Writes the schema that the server serves to docs/schema.graphql, for clients that check their documents against it.

Run from the repository's root: ``make schema``
"""

from pathlib import Path

from gallerynet.schema import schema

TARGET = Path(__file__).parent.parent / "docs" / "schema.graphql"


def printed_schema() -> str:
    """The served schema in GraphQL's schema definition language."""
    return schema.as_str().rstrip() + "\n"


if __name__ == "__main__":
    TARGET.write_text(printed_schema())
