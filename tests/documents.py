"""The documents that the app sends, as its sources have them."""

import re
from pathlib import Path

from graphql import FieldNode, NameNode, SelectionSetNode, parse, print_ast, visit
from graphql.language import FragmentDefinitionNode, FragmentSpreadNode, Visitor

SOURCES = Path(__file__).parent.parent / "frontend" / "src"


def app_documents() -> list[str]:
    """Whole operations: with the fragments they spread, and ``__typename`` everywhere, as the app's cache adds it."""
    texts = [
        found.replace("@_unmask", "")
        for path in SOURCES.rglob("*.ts*")
        for found in re.findall(r"graphql\(\s*`(.*?)`", path.read_text(), re.DOTALL)
    ]
    fragments = {
        definition.name.value: text
        for text in texts
        for definition in parse(text).definitions
        if isinstance(definition, FragmentDefinitionNode)
    }
    return [_with_typenames(_with_fragments(text, fragments)) for text in texts if "fragment " not in text]


def _with_fragments(text: str, fragments: dict[str, str]) -> str:
    wanted, found = _spread(text), set[str]()
    while wanted - found:
        name = (wanted - found).pop()
        found.add(name)
        text += fragments[name]
        wanted |= _spread(fragments[name])
    return text


def _spread(text: str) -> set[str]:
    names: set[str] = set()

    class Collect(Visitor):
        def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> None:
            names.add(node.name.value)

    visit(parse(text), Collect())
    return names


def _with_typenames(text: str) -> str:
    class Add(Visitor):
        def leave_selection_set(
            self, node: SelectionSetNode, _key: object, parent: object, *_: object
        ) -> SelectionSetNode | None:
            if getattr(parent, "kind", "") == "operation_definition":
                return None
            return SelectionSetNode(selections=(*node.selections, FieldNode(name=NameNode(value="__typename"))))

    return print_ast(visit(parse(text), Add()))
