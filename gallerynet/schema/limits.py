"""The most that a document may ask for, found out by its text alone: before it is validated, and before it is run.

Fragments are measured once each, however often they are spread, so a document that unfolds to millions of fields is
refused as fast as any other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionSetNode,
)

from gallerynet.resolvers.errors import TOO_COMPLEX

# The app's largest document has 300 tokens, a full introspection 200.
MAX_TOKENS = 1_000
# The app goes 5 deep. Below __schema the limit is GraphQL's own rule on nested lists.
MAX_DEPTH = 10
MAX_ALIASES = 50
MAX_DIRECTIVES = 50
MAX_ROOT_FIELDS = 20


@dataclass(frozen=True, eq=False, slots=True)
class Parsed:
    """A document as caches know it, by its identity: nodes themselves are hashed by all that is in them."""

    document: DocumentNode


class Measure(NamedTuple):
    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0  # at the top, where each is an operation of its own

    def beside(self, other: "Measure") -> "Measure":
        return Measure(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.fields + other.fields,
        )


def structural_errors(document: DocumentNode) -> list[GraphQLError]:
    """What is too much of it, in sentences; empty where all is well."""
    measuring = _measuring(document)
    return [
        error
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode)
        for error in _errors(node, measuring)
    ]


def measure(document: DocumentNode, node: OperationDefinitionNode) -> Measure:
    """One operation, with the fragments that it spreads."""
    return _measuring(document).selections(node.selection_set)


def too_complex(sentence: str, node: OperationDefinitionNode) -> GraphQLError:
    return GraphQLError(sentence, [node], extensions={"code": TOO_COMPLEX})


def _measuring(document: DocumentNode) -> "_Measuring":
    return _Measuring(
        {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    )


def _errors(node: OperationDefinitionNode, measuring: "_Measuring") -> Iterator[GraphQLError]:
    found = measuring.selections(node.selection_set)
    directives = found.directives + len(node.directives or ())
    for what, count, limit in (
        ("levels of fields", found.depth, MAX_DEPTH),
        ("aliases", found.aliases, MAX_ALIASES),
        ("directives", directives, MAX_DIRECTIVES),
        ("fields at its top", found.fields, MAX_ROOT_FIELDS),
    ):
        if count > limit:
            yield too_complex(f"The operation has more than {limit} {what}. Split it into several.", node)


@dataclass
class _Measuring:
    fragments: dict[str, FragmentDefinitionNode]

    def __post_init__(self) -> None:
        self._known: dict[str, Measure] = {}

    def selections(self, node: SelectionSetNode | None) -> Measure:
        total = Measure()
        for selection in node.selections if node is not None else ():
            own = Measure(directives=len(selection.directives or ()))
            if isinstance(selection, FieldNode):
                inside = self._field(selection)
            elif isinstance(selection, FragmentSpreadNode):
                inside = self._fragment(selection.name.value)
            else:
                inside = self.selections(selection.selection_set)  # type: ignore[attr-defined]
            total = total.beside(own.beside(inside))
        return total

    def _field(self, node: FieldNode) -> Measure:
        inside = self.selections(node.selection_set)
        depth = 1 if node.name.value.startswith("__") else inside.depth + 1
        return Measure(depth, inside.aliases + (node.alias is not None), inside.directives, fields=1)

    def _fragment(self, name: str) -> Measure:
        """A fragment within itself counts nothing: that it may not be there is another rule's to say."""
        if name not in self._known:
            self._known[name] = Measure()
            fragment = self.fragments.get(name)
            self._known[name] = self.selections(None if fragment is None else fragment.selection_set)
        return self._known[name]
