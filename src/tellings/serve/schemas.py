"""JSON Schemas of what is answered: those of the records by msgspec, and of the few answers that are no record."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from tellings.records import Account, Comparison

TEMPLATE = "#/components/schemas/{name}"
Schema = dict[str, Any]

COMPARISON: Schema = {"$ref": TEMPLATE.format(name="Comparison")}
ACCOUNT: Schema = {"$ref": TEMPLATE.format(name="Account")}
READING: Schema = {
    "type": "object",
    "description": "The account, and each layer as a list of objects; every span with start, end and text.",
    "required": ["account", "sentences", "words", "mentions", "attributions", "quotations", "statements", "figures",
                 "times", "wording"],
    "properties": {
        "account": {"type": "object"},
        **{
            layer: {"type": "array", "items": {"type": "object"}}
            for layer in ("sentences", "words", "mentions", "entities", "attributions", "quotations", "statements",
                          "figures", "times", "wording")
        },
    },
}  # fmt: skip
VERSIONS: Schema = {
    "type": "object",
    "description": "The two versions and what became of each statement, as `tellings diff --json` writes it.",
    "required": ["before", "after", "order", "heads", "differences", "notices"],
}


def schemas_of(types: list[Any]) -> tuple[list[Schema], Schema]:
    """The schema of each of some types, and what they refer to; an account stands without its original."""
    told, components = msgspec.json.schema_components([*types, Account, Comparison], ref_template=TEMPLATE)
    account = components["Account"]
    account["properties"].pop("original", None)
    account["required"] = [name for name in account["required"] if name != "original"]
    for name in ("Original", "Run"):
        components.pop(name, None)
    return list(told[: len(types)]), components


@cache
def fields_of(asked: type[msgspec.Struct]) -> tuple[tuple[str, bool, Schema], ...]:
    """The parameters of an operation: name, whether it must be given, schema."""
    (reference,), components = msgspec.json.schema_components([asked], ref_template=TEMPLATE)
    schema = components[reference["$ref"].rpartition("/")[2]]
    needed = schema.get("required", ())
    return tuple((name, name in needed, _plain(of)) for name, of in schema["properties"].items())


def _plain(schema: Schema) -> Schema:
    """The schema of a parameter: one that is not given is left out, so that none is ever null."""
    choices = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    found = {**schema, **choices[0]} if len(choices) == 1 else schema
    if "enum" in found:
        found = {**found, "enum": [one for one in found["enum"] if one is not None]}
    return {key: value for key, value in found.items() if key != "anyOf" and not (key == "default" and value is None)}
