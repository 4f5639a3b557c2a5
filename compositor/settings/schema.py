"""The tables of book.toml -> their JSON Schema, for editors: names, types, ranges, and what each key is for.

`check` reports more than a schema can. The schema refuses nothing that Compositor accepts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from compositor.language import ENGLISH
from compositor.settings import publication, rules, style_rules
from compositor.settings.notes import field_notes
from compositor.settings.tables import File, ListedPart, Order, validator, with_file

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NO_KEY: JsonSchemaValue = {"not": {"title": "a key of this name"}}
"""Matches no value. Editors then mark the key, whereas `false` makes them mark the whole table."""
WORDS: JsonSchemaValue = {"pattern": r"\S"}
NAMED: JsonSchemaValue = {"pattern": f"^{rules.NAME.pattern}$"}


def _alone(pattern: str) -> JsonSchemaValue:
    """Return a pattern for a text whose ends are stripped."""
    return {"pattern": rf"^\s*(?:{pattern})\s*$"}


RULES: Mapping[Callable[..., Any], JsonSchemaValue] = {
    rules.readable_format: {"minimum": 1, "maximum": rules.FORMAT},
    rules.named: WORDS,
    rules.nonempty: WORDS,
    rules.called: WORDS,
    rules.reviewer: WORDS,
    rules.file_name: {"maxLength": rules.LONGEST_SLUG},
    rules.counted: {"minimum": 0},
    rules.levels: {"enum": [1, 2, 3]},
    rules.threshold: {"minimum": 0},
    rules.percent: {"minimum": 0, "maximum": 100},
    rules.seconds: {"minimum": 1},
    rules.time_limit: {"minimum": 1},
    rules.memory: _alone(r"\d{1,6}(?:\.\d{1,3})? ?(?:MB|GB)"),
    rules.bleed: _alone(rf"(?:{rules.BLEED.pattern})?"),
    rules.icon: {"enum": ["", *ENGLISH.callouts]},
    rules.code: _alone(rules.CODE.pattern),
    rules.web_address: _alone("https?://[^ ]*"),
    rules.theme_name: {"pattern": r"^[^/\\]+$"},
    rules.variable_name: NAMED,
    rules.environment_name: NAMED,
    style_rules.style_name: NAMED,
    rules.callout_name: {"pattern": f"^{rules.CALLOUT_NAME.pattern}$"},
    publication.publication_date: _alone(r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?"),
    publication.place_in_series: {"minimum": 0, "exclusiveMaximum": 10_000},
}
"""Rule -> its schema; rules that are missing here cannot be expressed in one."""
TAKES_BESIDES: Mapping[Callable[..., Any], JsonSchemaValue] = {
    with_file: {"type": "string"},
    style_rules.style_value: {"type": "number"},
}
"""Rule that runs before the type check -> what it accepts in addition; `one_or_more` accepts a member of its list."""
TABLES: Mapping[type, JsonSchemaValue] = {
    Order: {"not": {"required": ["chapters", "parts"]}},
    ListedPart: {"oneOf": [{"required": ["title"]}, {"required": ["file"]}], "required": ["chapters"]},
}
"""Table -> conditions between its keys."""
KEYS: Mapping[tuple[type, str], JsonSchemaValue] = {
    (File, "tolerate"): {"deprecated": True},
    (Order, "chapters"): {"minItems": 1},
    (Order, "parts"): {"minItems": 1},
    (ListedPart, "chapters"): {"minItems": 1},
}
"""Key -> conditions where it is written."""


class _Schema(GenerateJsonSchema):
    """pydantic's schema with our rules and notes, without titles, which would only repeat the keys."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> JsonSchemaValue:
        return {**super().function_after_schema(schema), **RULES.get(schema["function"]["function"], {})}

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        rule, inner = schema["function"]["function"], super().function_before_schema(schema)
        besides = inner["items"] if rule is rules.one_or_more else TAKES_BESIDES.get(rule)
        return {**inner, **RULES.get(rule, {})} if besides is None else {"anyOf": [besides, inner]}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])  # TOML has no null

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        names = self.generate_inner(schema["keys_schema"]) if "keys_schema" in schema else {}
        values = self.generate_inner(schema["values_schema"]) if "values_schema" in schema else {}
        rule = {"propertyNames": names} if set(names) - {"type"} else {}
        return {"type": "object", "additionalProperties": values or True, **rule}

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        made, kind = super().dataclass_schema(schema), schema["cls"]
        made.pop("title", None)  # the name of the class
        notes = field_notes(kind)
        for one in fields(kind):
            said = made["properties"][_key(one.name)]
            if one.name in notes:
                said["description"] = notes[one.name]
            if not said.get("default") and said.get("default") is not False:
                said.pop("default", None)  # an empty default says nothing
            said.update(KEYS.get((kind, one.name), {}))
        required = [*made.get("required", []), *TABLES.get(kind, {}).get("required", [])]
        told = {**TABLES.get(kind, {}), **({"required": required} if required else {})}
        return {**made, "additionalProperties": NO_KEY, **told}

    def encode_default(self, dft: Any) -> Any:
        return {} if is_dataclass(dft) or dft == {} else super().encode_default(dft)


def _key(name: str) -> str:
    return name.replace("_", "-")


def book_schema() -> JsonSchemaValue:
    """Return the schema of book.toml."""
    made = validator().json_schema(schema_generator=_Schema, mode="validation")
    told = {"title": "book.toml", "description": "The settings of a book."}
    return {"$schema": DIALECT, **told, **{name: value for name, value in made.items() if name not in told}}


def compositor_schema() -> JsonSchemaValue:
    """Return the schema of compositor.toml, for a book of another tool, where every key is found or assumed."""
    told = "Settings for a book of another tool; they override what was found there."
    made = {name: value for name, value in book_schema().items() if name != "required"}
    return {**made, "title": "compositor.toml", "description": told}
