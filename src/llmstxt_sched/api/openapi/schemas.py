"""The schemas of bodies, as msgspec reads and writes them, under our names and with a sentence for each field."""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Mapping
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import Struct

REF = "#/components/schemas/"
_LISTING = re.compile(r"^Listing_(\w+?)_$")


def name_of(name: str) -> str:
    """The name of a struct in the description: `RunWire` is Run, a list of them is RunList."""
    if listing := _LISTING.match(name):
        return f"{name_of(listing[1])}List"
    return name.removesuffix("Wire")


def schemas_of(
    sent: Iterable[Any], answered: Iterable[Any], words: Mapping[str, Mapping[str, str]]
) -> tuple[dict[int, Any], dict[str, Any]]:
    """A schema for each type, by the type's id, and the components that they refer to.

    `words` has a sentence for each field, by the name of its component, or under `*` for all of the name.
    """
    sent, answered = list(sent), list(answered)
    kinds = [*sent, *answered]
    parts = list(dict.fromkeys(each for kind in kinds for each in _alternatives(kind)))
    shown, components = msgspec.json.schema_components(parts, ref_template=f"{REF}{{name}}")
    schema_of = dict(zip(parts, map(_tidy, shown), strict=True))
    taken = _within(sent)
    named = {name_of(name): _tidy(part) for name, part in components.items()}
    if len(named) < len(components):
        raise ValueError(f"two structs have one name: {sorted(components)}")
    for name, part in named.items():
        if part.get("type") == "object":
            _describe(part, words.get(name, {}), words["*"])
            if name not in taken:
                # Required are all fields but those that are left out when unset, which have no default.
                needed, fields = part.get("required", ()), part.get("properties", {})
                part["required"] = [field for field, one in fields.items() if field in needed or "default" in one]
    return {id(kind): _either([schema_of[each] for each in _alternatives(kind)]) for kind in kinds}, named


def _alternatives(kind: Any) -> tuple[Any, ...]:
    """The structs of a union of structs, which msgspec cannot tell apart when it reads them; else only `kind`."""
    is_union = get_origin(kind) in {Union, types.UnionType}
    structs = tuple(each for each in get_args(kind) if isinstance(each, type) and issubclass(each, Struct))
    return structs if is_union and len(structs) > 1 else (kind,)


def _either(schemas: list[Any]) -> Any:
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _within(kinds: Iterable[Any]) -> set[str]:
    """The names of the structs in requests, in which a field with a default may be left out."""
    return {name_of(name) for name in msgspec.json.schema_components(kinds, ref_template="{name}")[1]} | {"Problem"}


def _tidy(part: Any) -> Any:
    """A part of a schema with our names, and with the type of the items of a list."""
    if isinstance(part, list):
        return [_tidy(each) for each in part]
    if not isinstance(part, dict):
        return part
    if ref := part.get("$ref"):
        return {**part, "$ref": REF + name_of(ref.removeprefix(REF))}
    tidied = {name: _tidy(value) for name, value in part.items() if name != "title" or not isinstance(value, str)}
    if "description" in tidied and isinstance(tidied["description"], str):
        tidied["description"] = " ".join(tidied["description"].split())
    if prefix := tidied.pop("prefixItems", None):
        # A pair of the same, said so that makers of clients read it: they take no `false` for a schema.
        tidied["items"] = _either([each for at, each in enumerate(prefix) if each not in prefix[:at]])
    if all(isinstance(value, str) for value in part.get("enum", [0])):
        tidied = {"type": "string", **tidied}
    return tidied


def _describe(part: dict[str, Any], words: Mapping[str, str], common: Mapping[str, str]) -> None:
    for name, field in part.get("properties", {}).items():
        if sentence := words.get(name, common.get(name)):
            field["description"] = sentence
