"""The shapes of what is written as JSON, as JSON Schema: one schema a shape and version."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import cast

import msgspec

from rashomon.model.incident import Incident
from rashomon.model.reading import Reading

Schema = dict[str, object]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SHAPES: tuple[type[Reading] | type[Incident], ...] = (Reading, Incident)


def named() -> Mapping[str, Schema]:
    """Every shape's schema by its name: ``rashomon/reading/1``, ``rashomon/incident/1``."""
    return {name: _whole(name, shape) for shape in SHAPES for name in [_name(shape)]}


def together() -> Schema:
    """One schema that any of the shapes meets."""
    parts = _parts(SHAPES)
    return {"$schema": DIALECT, "title": "Rashomon", "anyOf": [_of(shape) for shape in SHAPES], "$defs": parts}


def _whole(name: str, shape: type[Reading] | type[Incident]) -> Schema:
    return {"$schema": DIALECT, "$id": f"urn:{name.replace('/', ':')}", **_of(shape), "$defs": _parts([shape])}


def _of(shape: type) -> Schema:
    return {"$ref": f"#/$defs/{shape.__name__}"}


def _name(shape: type[Reading] | type[Incident]) -> str:
    return next(str(field.default) for field in fields(shape) if field.name == "schema")


def _parts(shapes: Iterable[type[Reading] | type[Incident]]) -> dict[str, Schema]:
    """What shapes are made of, as they are written: figures as numbers, each shape with its name in ``schema``."""
    _, parts = msgspec.json.schema_components(tuple(shapes))
    written: dict[str, Schema] = {name: _written(part) for name, part in parts.items()}
    for shape in shapes:
        part = written[shape.__name__]
        part["properties"] = {**cast("Schema", part["properties"]), "schema": {"const": _name(shape)}}
        part["required"] = [*cast("list[str]", part["required"]), "schema"]
    return written


def _written(part: Schema) -> Schema:
    """The part with its words unindented and msgspec's decimals, which it takes for strings, as numbers."""
    if part.get("format") == "decimal":
        return {"type": "number"}
    return {name: _cleaned(name, value) for name, value in part.items()}


def _cleaned(name: str, value: object) -> object:
    if name == "description" and isinstance(value, str):
        return inspect.cleandoc(value)
    if isinstance(value, dict):
        return _written(value)
    if isinstance(value, list):
        return [_written(one) if isinstance(one, dict) else one for one in value]
    return value
