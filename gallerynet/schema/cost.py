"""What an operation may cost, before any of it is run.

One unit is about what it takes to answer one plain field of one item: a few microseconds. A page of items costs its
length times what is asked of each; pages within pages multiply. The length is the argument ``first`` or ``limit``,
with the variables that came along, or the default of the schema where it is left out. Lists without such an argument
count as ``LIST_SIZE``: they are as long as the library has them, or as long as the ids that the client sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_list_type,
)
from graphql.pyutils import Undefined

from gallerynet.schema.limits import Parsed, too_complex

MAX_COST = 50_000
LIST_SIZE = 10
PAGE_ARGUMENTS = ("first", "limit")

# A field costs 1; these cost more, by what stands behind them.
STATEMENT = 50  # one small SQL statement of its own
SCAN = 500  # the whole library is looked at
PAIRS = 5_000  # every item is compared with every other
WEIGHTS = {
    "Folder.media": STATEMENT,
    "Media.similar": SCAN,
    "MediaConnection.totalCount": STATEMENT,
    "Query.__schema": SCAN,
    "Query.duplicateGroups": PAIRS,
    "Query.media": STATEMENT,
    "Query.momentGroups": SCAN,
    "Query.mediaWindow": STATEMENT,
    "Query.places": SCAN,
    "Query.similarGroups": PAIRS,
    "Query.similarMedia": SCAN,
    "Query.timeline": SCAN,
    "Tag.because": STATEMENT,
    "Tag.reviewQueue": SCAN,
}

Numbers = tuple[tuple[str, int], ...]


def cost_errors(
    schema: GraphQLSchema, parsed: Parsed, name: str | None, variables: Mapping[str, object] | None
) -> list[GraphQLError]:
    """Of a valid document; ``name`` is the operation that will be run."""
    operation = _operation(parsed.document, name)
    if operation is None:
        return []
    cost = _cost(schema, parsed, name, _numbers(operation, variables or {}))
    if cost <= MAX_COST:
        return []
    sentence = f"The operation would cost {cost} units, and {MAX_COST} are allowed. Ask for smaller pages, or for less."
    return [too_complex(sentence, operation)]


@lru_cache(maxsize=512)
def _cost(schema: GraphQLSchema, parsed: Parsed, name: str | None, numbers: Numbers) -> int:
    definitions = parsed.document.definitions
    fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
    operation = _operation(parsed.document, name)
    if operation is None:
        return 0
    root = schema.get_root_type(operation.operation)
    return sum(_Counting(schema, fragments, dict(numbers)).selections(operation.selection_set, root))


@dataclass
class _Counting:
    """Each count is a pair: what is paid once, and what is paid for each item of the page above."""

    schema: GraphQLSchema
    fragments: dict[str, FragmentDefinitionNode]
    variables: dict[str, int]

    def __post_init__(self) -> None:
        self._known: dict[str, tuple[int, int]] = {}

    def selections(self, node: SelectionSetNode, parent: GraphQLNamedType | None) -> tuple[int, int]:
        once = each = 0
        for selection in node.selections:
            if isinstance(selection, FieldNode):
                found = self._field(selection, parent)
            elif isinstance(selection, FragmentSpreadNode):
                found = self._fragment(selection.name.value)
            elif isinstance(selection, InlineFragmentNode):
                condition = selection.type_condition
                kind = parent if condition is None else self.schema.get_type(condition.name.value)
                found = self.selections(selection.selection_set, kind)
            once, each = once + found[0], each + found[1]
        return once, each

    def _fragment(self, name: str) -> tuple[int, int]:
        if name not in self._known:
            fragment = self.fragments[name]
            kind = self.schema.get_type(fragment.type_condition.name.value)
            self._known[name] = self.selections(fragment.selection_set, kind)
        return self._known[name]

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> tuple[int, int]:
        weight = WEIGHTS.get(f"{parent.name if parent else ''}.{node.name.value}", 1)
        definition = self._definition(node, parent)
        if definition is None or node.selection_set is None:
            return weight, 0
        page = self._page(node, definition)
        once, each = self.selections(node.selection_set, get_named_type(definition.type))
        if not _is_list(definition.type):
            return weight + once + each * (LIST_SIZE if page is None else page), 0
        item = 1 + once + each * LIST_SIZE
        return (weight, item) if page is None else (weight + page * item, 0)

    @staticmethod
    def _definition(node: FieldNode, parent: GraphQLNamedType | None) -> GraphQLField | None:
        """None for introspection, whose size is the schema's and does not grow."""
        return (
            parent.fields.get(node.name.value) if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType) else None
        )

    def _page(self, node: FieldNode, definition: GraphQLField) -> int | None:
        for name in PAGE_ARGUMENTS:
            argument = definition.args.get(name)
            if argument is None:
                continue
            default = 0 if argument.default_value in (None, Undefined) else int(argument.default_value)
            given = next((given.value for given in node.arguments or () if given.name.value == name), None)
            return max(0, self._number(given, default))
        return None

    def _number(self, node: ValueNode | None, default: int) -> int:
        if isinstance(node, IntValueNode):
            return int(node.value)
        if isinstance(node, VariableNode):
            return self.variables.get(node.name.value, default)
        return default


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode | None:
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode) and (name is None or (node.name and node.name.value == name)):
            return node
    return None


def _numbers(operation: OperationDefinitionNode, given: Mapping[str, object]) -> Numbers:
    """The whole numbers among the operation's variables, given or by default."""
    found: dict[str, int] = {}
    for node in operation.variable_definitions or ():
        name, default = node.variable.name.value, node.default_value
        value = given.get(name, int(default.value) if isinstance(default, IntValueNode) and _is_int(default) else None)
        if isinstance(value, int | float) and value == value // 1:
            found[name] = int(value)
    return tuple(found.items())


def _is_int(node: IntValueNode) -> bool:
    """Longer ones are no GraphQL Int, and Python would not even read them beyond some thousand digits."""
    return len(node.value) < 12


def _is_list(kind: GraphQLOutputType) -> bool:
    return is_list_type(kind.of_type if isinstance(kind, GraphQLNonNull) else kind)
