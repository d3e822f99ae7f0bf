"""How operations are run.

Most of a list's fields are plain attributes: text, numbers, enums. What GraphQL does for each of them (a path, an info
object, a resolver, a completion) takes many times what reading it takes. So the attributes are copied, where they are
what the schema says, and everything else takes the usual way: resolvers, permissions, objects, null where there may
be none, values of another type, attributes that raise. The answer is the same either way; a test compares them.
"""

from collections.abc import Callable
from math import isfinite
from typing import Any, NamedTuple

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    Undefined,
)
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet
from graphql.pyutils import Path, gather_with_cancel
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.types.enum import StrawberryEnumDefinition
from strawberry.types.field import StrawberryField

DEFINITION = "strawberry-definition"
INT_LIMIT = 2**31
# A value that is not to be copied.
UNUSUAL = object()

Convert = Callable[[Any], Any]


class _Step(NamedTuple):
    """One field of a selection: with ``convert``, the attribute can be copied if that returns it."""

    name: str
    details: FieldDetailsList
    attribute: str
    convert: Convert | None


class Executor(StrawberryGraphQLCoreExecutionContext):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # By the identity of the selection, which is kept so that no other can take its place.
        self._plans: dict[tuple[str, int], tuple[GroupedFieldSet, list[_Step]]] = {}

    @classmethod
    def build(cls, *args: Any, **kwargs: Any) -> Any:
        """Says what is wrong with variables, not what would be right: a stranger learns nothing of the schema."""
        return super().build(*args, **{**kwargs, "hide_suggestions": True})

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: GroupedFieldSet,
        position_context: Any,
    ) -> Any:
        results: dict[str, Any] = {}
        awaited: list[str] = []
        try:
            for name, details, attribute, convert in self._plan(parent_type, grouped_field_set):
                if convert is not None:
                    try:
                        value = convert(getattr(source_value, attribute))
                    except Exception:
                        value = UNUSUAL  # the usual way meets it again, and reports it
                    if value is not UNUSUAL:
                        results[name] = value
                        continue
                field_path = Path(path, name, parent_type.name)
                result = self.execute_field(parent_type, source_value, details, field_path, position_context)
                if result is not Undefined:
                    results[name] = result
                    if self.is_awaitable(result):
                        awaited.append(name)
        except Exception:
            if awaited:
                self.settle_in_background([results[name] for name in awaited])
            raise
        return _gathered(results, awaited) if awaited else results

    def _plan(self, parent_type: GraphQLObjectType, selection: GroupedFieldSet) -> list[_Step]:
        key = (parent_type.name, id(selection))
        if key not in self._plans:
            steps = [self._step(parent_type, name, details) for name, details in selection.items()]
            self._plans[key] = (selection, steps)
        return self._plans[key][1]

    def _step(self, parent_type: GraphQLObjectType, name: str, details: FieldDetailsList) -> _Step:
        node = details[0].node
        field = self.schema.get_field(parent_type, node.name.value)
        own = None if field is None else field.extensions.get(DEFINITION)
        if field is None or not isinstance(own, StrawberryField) or self._has_middleware or field.args:
            return _Step(name, details, "", None)
        # Only a basic field is read as an attribute: others have resolvers, permission classes or other extensions.
        return _Step(name, details, own.python_name, _converter(field) if own.is_basic_field else None)

    @property
    def _has_middleware(self) -> bool:
        return self.middleware_manager is not None and bool(self.middleware_manager.middlewares)


async def _gathered(results: dict[str, Any], awaited: list[str]) -> dict[str, Any]:
    """As graphql-core does it: all at once, one by itself."""
    if len(awaited) == 1:
        results[awaited[0]] = await results[awaited[0]]
    else:
        values = await gather_with_cancel(*(results[name] for name in awaited))
        results.update(zip(awaited, values, strict=True))
    return results


def _converter(field: GraphQLField) -> Convert | None:
    """What makes the attribute's value the answer's, or says that it is unusual; None for what is no leaf."""
    kind = field.type
    is_needed = isinstance(kind, GraphQLNonNull)
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(inner, GraphQLEnumType):
        convert = _enum_converter(inner)
    elif isinstance(inner, GraphQLScalarType):
        convert = SCALARS.get(inner.name) or _custom_converter(inner)
    else:
        return None
    return convert if is_needed else _or_none(convert)


def _or_none(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)


def _text(value: Any) -> Any:
    return value if type(value) is str else UNUSUAL


def _boolean(value: Any) -> Any:
    return value if type(value) is bool else UNUSUAL


def _int(value: Any) -> Any:
    return value if type(value) is int and -INT_LIMIT <= value < INT_LIMIT else UNUSUAL


def _float(value: Any) -> Any:
    return value if type(value) is float and isfinite(value) else UNUSUAL


SCALARS: dict[str, Convert] = {"String": _text, "ID": _text, "Boolean": _boolean, "Int": _int, "Float": _float}


def _custom_converter(kind: GraphQLScalarType) -> Convert:
    def convert(value: Any) -> Any:
        if type(value) not in (str, int, float, bool):
            return UNUSUAL
        result = kind.coerce_output_value(value)
        return UNUSUAL if result is None or result is Undefined else result

    return convert


def _enum_converter(kind: GraphQLEnumType) -> Convert:
    definition = kind.extensions.get(DEFINITION)
    if not isinstance(definition, StrawberryEnumDefinition):
        return lambda _: UNUSUAL
    members: list[Any] = list(definition.wrapped_cls)
    names = {member: kind.coerce_output_value(member) for member in members}
    return lambda value: names.get(value, UNUSUAL) if type(value) is definition.wrapped_cls else UNUSUAL
