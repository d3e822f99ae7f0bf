"""What every operation passes before it is run: parsing, limits, validation, cost. All but the cost is cached."""

from collections.abc import Iterator
from functools import lru_cache

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    MaxIntrospectionDepthRule,
    ValidationRule,
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


class _NoIntrospection(ValidationRule):
    """The schema of a gallery with a password is for those who have it."""

    def enter_field(self, node: FieldNode, *_: object) -> None:
        if node.name.value in ("__schema", "__type"):
            sentence = "You are not logged in, and introspection is for those who are."
            self.report_error(GraphQLError(sentence, [node], extensions={"code": Unauthenticated.code}))


# Made once: the cache below would miss with every new class.
RULES = (
    *(rule for rule in specified_rules if rule is not MaxIntrospectionDepthRule),
    _IntrospectionDepth,
    MaybeNullValidationRule,
    OneOfInputValidationRule,
)
STRANGERS_RULES = (*RULES, _NoIntrospection)


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
        errors = _check(schema, parsed, _may_introspect(asked.context))
        asked.pre_execution_errors = errors or cost_errors(schema, parsed, asked.operation_name, asked.variables)
        yield


def _may_introspect(context: Context | None) -> bool:
    """Tools that print the schema have no context."""
    return context is None or context.viewer.is_authenticated


@lru_cache(CACHED_DOCUMENTS)
def _parse(text: str) -> Parsed | None:
    """None where it cannot be parsed."""
    try:
        return Parsed(parse(text, max_tokens=MAX_TOKENS))
    except GraphQLError:
        return None


@lru_cache(CACHED_DOCUMENTS)
def _check(schema: GraphQLSchema, parsed: Parsed, may_introspect: bool) -> list[GraphQLError]:
    document = parsed.document
    errors = structural_errors(document)
    if errors:
        return errors  # validating takes the longer the more there is
    errors = validate(schema, document, RULES if may_introspect else STRANGERS_RULES, hide_suggestions=True)
    for error in errors:
        if isinstance(error.original_error, ValueError):
            error.original_error = None  # a literal that Python cannot read, such as a number of 5,000 digits
    return errors
