"""What every operation passes before it is run: parsing, limits, validation, cost. All but the cost is cached."""

from collections.abc import Iterator
from functools import lru_cache

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    MaxIntrospectionDepthRule,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
    specified_rules,
    validate,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from gallerynet.core.errors import Unauthenticated
from gallerynet.resolvers.context import Context
from gallerynet.resolvers.errors import TOO_COMPLEX
from gallerynet.schema.cost import cost_errors
from gallerynet.schema.limits import MAX_TOKENS, Parsed, structural_errors

CACHED_DOCUMENTS = 256


class _IntrospectionDepth(MaxIntrospectionDepthRule):
    """GraphQL's own rule, with the code of a limit."""

    def report_error(self, error: GraphQLError) -> None:
        error.extensions = {"code": TOO_COMPLEX}
        super().report_error(error)


# Made once: the cache below would miss with every new class.
RULES = (
    *(rule for rule in specified_rules if rule is not MaxIntrospectionDepthRule),
    _IntrospectionDepth,
    MaybeNullValidationRule,
    OneOfInputValidationRule,
)
# What strangers may ask for, at the top of a document.
PUBLIC = {"session", "login", "__typename"}
STRANGER = (
    "You are not logged in. Until you are, only session and login are answered, and what is wrong with a document is "
    "not told."
)


class Gate(SchemaExtension):
    """Strawberry's parser cache loses syntax errors where results are streamed; its limiters unfold fragments.

    An exception raised in a hook is lost on WebSockets and in event streams, so errors are left to the steps that
    report them: parsing that failed is done again, and what is wrong with the document is put into the context.
    """

    def on_operation(self) -> Iterator[None]:
        self.execution_context.parse_options["max_tokens"] = MAX_TOKENS
        yield

    def on_parse(self) -> Iterator[None]:
        if self.execution_context.query:
            parsed = _parse(self.execution_context.query)
            self.execution_context.graphql_document = None if parsed is None else parsed.document
        yield

    def on_validate(self) -> Iterator[None]:
        asked = self.execution_context
        parsed = _parse(asked.query or "")
        assert parsed is not None  # noqa: S101 - it has been parsed
        schema = asked.schema._schema  # noqa: SLF001 - extensions get at it no other way
        errors = _check(schema, parsed, _is_stranger(asked.context))
        asked.pre_execution_errors = errors or cost_errors(schema, parsed, asked.operation_name, asked.variables)
        yield


def _is_stranger(context: Context | None) -> bool:
    """Tools that print the schema have no context."""
    return context is not None and not context.viewer.is_authenticated


@lru_cache(CACHED_DOCUMENTS)
def _parse(text: str) -> Parsed | None:
    """None where it cannot be parsed."""
    try:
        return Parsed(parse(text, max_tokens=MAX_TOKENS))
    except GraphQLError:
        return None


@lru_cache(CACHED_DOCUMENTS)
def _check(schema: GraphQLSchema, parsed: Parsed, is_stranger: bool) -> list[GraphQLError]:
    document = parsed.document
    errors = structural_errors(document)
    if errors:
        return errors  # validating takes the longer the more there is
    errors = validate(schema, document, RULES, hide_suggestions=True)
    if is_stranger and (errors or not _asks_only(PUBLIC, document)):
        # One answer to all: what is told apart tells the schema.
        return [GraphQLError(STRANGER, extensions={"code": Unauthenticated.code})]
    for error in errors:
        if isinstance(error.original_error, ValueError):
            error.original_error = None  # a literal that Python cannot read, such as a number of 5,000 digits
    return errors


def _asks_only(names: set[str], document: DocumentNode) -> bool:
    """Whether no operation of the valid document has another field at its top."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}

    def holds(node: SelectionSetNode) -> bool:
        return all(
            selection.name.value in names
            if isinstance(selection, FieldNode)
            else holds(fragments[selection.name.value].selection_set)
            if isinstance(selection, FragmentSpreadNode)
            else holds(selection.selection_set)  # type: ignore[attr-defined]
            for selection in node.selections
        )

    return all(holds(node.selection_set) for node in document.definitions if isinstance(node, OperationDefinitionNode))
