"""What one operation may ask for: attacks are refused before anything is run, what the app asks for is far inside."""

from pathlib import Path

import pytest
from graphql import (
    OperationDefinitionNode,
    get_introspection_query,
    parse,
    print_ast,
)
from graphql.language import Lexer, Source, TokenKind

from gallerynet.schema import cost, limits, schema
from tests.documents import app_documents
from tests.server import Client, GraphQLErrors

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "api.md"

DEEP = "folders { media { nodes { folders { media { nodes { folders { media { nodes { folders { id } } } } } } } } } }"
BOMB = "{ tags { ...F0 } } " + " ".join(
    f"fragment F{number} on Tag {{ x: name ...F{number + 1} ...F{number + 1} }}" for number in range(60)
)
PAGES = "media(first: 200) { nodes { similar(first: 200) { edges { node { id } } } } }"
NESTED = "query($f: Int! = 5) { media(first: $f) { nodes { similar(first: $f) { edges { node { id } } } } } }"

ATTACKS = {
    "tokens": ("{ " + "tags { id } " * 400 + "}", "more than 1000 tokens"),
    "nesting": ("{a" * 480 + "}" * 480, "nested too deeply"),
    "depth": ("{ " + DEEP + " }", "10 levels of fields"),
    "depth by fragments": ("{ ...A } fragment A on Query { " + DEEP + " }", "10 levels of fields"),
    "aliases": ("{ tags { " + " ".join(f"a{number}: name" for number in range(60)) + " } }", "50 aliases"),
    "unfolding fragments": (BOMB + " fragment F60 on Tag { id }", "50 aliases"),
    "directives": ("{ tags " + "@include(if: true) " * 60 + "{ id } }", "50 directives"),
    "root fields": ("{ " + " ".join(f"a{number}: tags {{ id }}" for number in range(30)) + " }", "20 fields"),
    "logins": (
        "mutation { " + " ".join('login(password: "x") { session { isRequired } }' for _ in range(30)) + " }",
        "20",
    ),
    "overlapping fields": ("{ " + "tags { id name } " * 190 + "}", "20 fields"),
    "pages in pages": ("{ " + PAGES + " }", "would cost"),
    "pages left out": ("{ media(first: 200) { nodes { similar { edges { node { id } } } } } }", "would cost"),
    "comparing all with all": (
        "{ " + " ".join(f"a{number}: timeline {{ revision }}" for number in range(10)) + PAGES + " }",
        "would cost",
    ),
    "introspection": (
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
        "introspection depth",
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused(client: Client, name: str) -> None:
    query, sentence = ATTACKS[name]
    for _ in range(2):  # anew, and from the cache
        with pytest.raises(GraphQLErrors) as caught:
            client.run(query)
        assert {error["extensions"]["code"] for error in caught.value.errors} == {"QUERY_TOO_COMPLEX"}
        assert any(sentence in error["message"] for error in caught.value.errors)


def test_pages_given_by_variables_count(client: Client) -> None:
    assert client.run(NESTED)
    assert client.run(NESTED, f=10)
    with pytest.raises(GraphQLErrors) as caught:
        client.run(NESTED, f=200)
    assert caught.value.code == "QUERY_TOO_COMPLEX"


def test_a_fragment_within_itself_is_explained(client: Client) -> None:
    with pytest.raises(GraphQLErrors) as caught:
        client.run("{ tags { ...A } } fragment A on Tag { ...B } fragment B on Tag { ...A }")
    assert caught.value.code == "BAD_USER_INPUT"
    assert "within itself" in caught.value.message


def test_a_number_that_nobody_can_read_is_no_fault_of_ours(client: Client) -> None:
    with pytest.raises(GraphQLErrors) as caught:
        client.run("{ media(first: " + "9" * 5000 + ") { totalCount } }")
    assert caught.value.code == "BAD_USER_INPUT"


# Pages of pages are smaller: see frontend/src/groups.
GROUPS_AT_ONCE = 10


def test_the_app_is_far_inside() -> None:
    documents = app_documents()
    assert len(documents) > 15
    largest = {"after": None, "offset": 0, "limit": 200, "first": 200}
    for text in [*documents, get_introspection_query()]:
        document = parse(text)
        assert _tokens(text) < limits.MAX_TOKENS / 2, text
        assert limits.structural_errors(document) == []
        sent = largest | ({"first": GROUPS_AT_ONCE} if "Group on MediaGroup" in text else {})
        assert cost.cost_errors(schema._schema, limits.Parsed(document), None, sent) == []  # noqa: SLF001
        operation = next(node for node in document.definitions if isinstance(node, OperationDefinitionNode))
        measured = limits.measure(document, operation)
        if "__schema" not in text:
            assert measured.depth < limits.MAX_DEPTH, print_ast(operation)
            assert measured.aliases < limits.MAX_ALIASES / 2
            assert measured.fields < limits.MAX_ROOT_FIELDS / 2


def test_the_app_and_tools_are_answered(client: Client) -> None:
    assert client.run(get_introspection_query())["__schema"]["queryType"]["name"] == "Query"
    sent = [text for text in app_documents() if text.startswith("query MediaWindow")]
    assert client.run(sent[0], offset=0, limit=200)["mediaWindow"] == []


def test_every_limit_is_documented() -> None:
    text = DOCUMENTATION.read_text()
    for number in (
        limits.MAX_TOKENS,
        limits.MAX_DEPTH,
        limits.MAX_ALIASES,
        limits.MAX_DIRECTIVES,
        limits.MAX_ROOT_FIELDS,
        cost.MAX_COST,
        cost.LIST_SIZE,
    ):
        assert f"| {number:,} |" in text
    for field, weight in cost.WEIGHTS.items():
        assert f"`{field}`" in text, weight


def _tokens(text: str) -> int:
    lexer = Lexer(Source(text))
    count = 0
    while lexer.advance().kind is not TokenKind.EOF:
        count += 1
    return count
