"""The served schema against docs/contract.graphql, the API that clients rely on."""

from pathlib import Path

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
)
from graphql.pyutils import Undefined

from gallerynet.schema import schema

CONTRACT = Path(__file__).parent.parent / "docs" / "contract.graphql"


def _promises(contract: GraphQLSchema) -> dict[str, str]:
    """One line for each thing promised: its name, and the type it must have."""
    found: dict[str, str] = {}
    for name, kind in contract.type_map.items():
        if name.startswith("__"):
            continue
        found[name] = type(kind).__name__
        found |= {f"{name}.{part}": text for part, text in _parts(kind).items()}
    return found


def _parts(kind: GraphQLNamedType) -> dict[str, str]:
    if isinstance(kind, GraphQLEnumType):
        return dict.fromkeys(kind.values, "value")
    if isinstance(kind, GraphQLUnionType):
        return {f"member {member.name}": "member" for member in kind.types}
    if isinstance(kind, GraphQLInputObjectType):
        return {"@oneOf": str(kind.is_one_of)} | {
            name: f"{field.type}{_default(field.default_value)}" for name, field in kind.fields.items()
        }
    if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        return {}
    parts = {f"implements {interface.name}": "interface" for interface in kind.interfaces}
    for name, field in kind.fields.items():
        parts[name] = str(field.type)
        parts |= {
            f"{name}({argument})": f"{given.type}{_default(given.default_value)}"
            for argument, given in field.args.items()
        }
    return parts


def _owner(name: str) -> str:
    """What a promise belongs to: a field to its type, an argument to its field, a type to the schema itself."""
    if name.endswith(")"):
        return name.partition("(")[0]
    return name.rpartition(".")[0] or "Query"


def _default(value: object) -> str:
    """No default and a default of null are the same to a client."""
    if value is None or value is Undefined:
        return ""
    return f" = {getattr(value, 'name', value)}"


def test_everything_in_the_contract_is_served_with_the_same_type() -> None:
    promised = _promises(build_schema(CONTRACT.read_text()))
    served = _promises(build_schema(schema.as_str()))
    missing = {name for name in promised if name not in served and _owner(name) in served}
    different = {
        name: f"promised {text}, served {served[name]}"
        for name, text in promised.items()
        if name in served and served[name] != text
    }
    assert different == {}
    assert missing == set()


def test_every_part_of_the_served_schema_is_described() -> None:
    served = build_schema(schema.as_str())
    bare = []
    for name, kind in served.type_map.items():
        if name.startswith("__") or name in ("String", "Int", "Float", "Boolean", "ID"):
            continue
        if not kind.description:
            bare.append(name)
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            bare += [f"{name}.{part}" for part, field in kind.fields.items() if not field.description]
    assert bare == []
