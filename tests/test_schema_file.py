"""The committed schema, which the app's documents are checked against, is the one that is served."""

from scripts.print_schema import TARGET, printed_schema


def test_the_committed_schema_is_the_served_one() -> None:
    assert TARGET.read_text() == printed_schema(), "The schema has changed: run `make schema`."
