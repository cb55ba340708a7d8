"""Bodies of requests: read strictly, with all that is wrong told at once."""

from __future__ import annotations

import asyncio
import codecs
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Request
from msgspec import NODEFAULT, Struct, structs

from llmstxt_sched.api.requests.calls import bare
from llmstxt_sched.api.requests.validation import WHOLE, InvalidRequest, items_of, listed, predicate
from llmstxt_sched.errors import bounded

# A larger body, in bytes, is read in a thread: one of many small objects takes a fifth of a second.
_MAX_QUICK = 32 * 1024


class JsonRequest(Request[Any, Any, Any]):
    """A request whose body is read as the type that its handler takes; a number is a number, not a text of digits."""

    async def json(self) -> Any:
        """The body.  Raises msgspec.DecodeError and InvalidRequest."""
        kind = self.scope["route_handler"].parsed_fn_signature.parameters["data"].annotation
        body = await self.body()
        return await asyncio.to_thread(read_body, body, kind) if len(body) > _MAX_QUICK else read_body(body, kind)


def read_body(body: bytes, kind: Any) -> Any:
    """`body` as JSON of the type `kind`.  Raises msgspec.DecodeError, and InvalidRequest with what is wrong.

    A byte order mark before it is passed over, as some editors and shells write one (RFC 8259, section 8.1).
    """
    body = body.removeprefix(codecs.BOM_UTF8)
    try:
        value = msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as first:
        # If a field is there twice, only the last one is checked again, which may be right.
        found = bounded(errors_in(msgspec.json.decode(body), kind)) or (predicate(str(first), kind),)
        raise InvalidRequest(*found) from None
    # Which of two counts is left to each reader (RFC 8259, section 4), and somebody meant the other one.
    if repeated := _repeated_in(body.decode()):
        raise InvalidRequest(*bounded((name[:200], "may be sent once only") for name in repeated))
    return value


def _repeated_in(text: str) -> dict[str, None]:
    """The names of fields that are there more than once in an object."""
    repeated: dict[str, None] = {}

    # Keeps nothing of a body that may be a megabyte, nor reads numbers, which may have more digits than Python takes.
    def note(pairs: list[tuple[str, Any]]) -> None:
        if len(dict(pairs)) < len(pairs):
            times = Counter(name for name, _ in pairs)
            repeated.update((name, None) for name in times if times[name] > 1)

    json.loads(text, object_pairs_hook=note, parse_int=len, parse_float=len)
    return repeated


def errors_in(value: Any, kind: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each field that is wrong in `value`, which is to be of the type `kind`, and what is wrong with it."""
    struct = bare(kind)
    if isinstance(value, dict) and isinstance(struct, type) and issubclass(struct, Struct):
        yield from _errors_in_fields(value, struct, path)
        return
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        place, words = predicate(str(error), kind)
        if isinstance(value, list) and place.startswith("["):
            # One that is longer than it may be is told by its length, so few items are looked at.
            of_items, *_ = items_of(kind)
            for index, item in enumerate(value):
                yield from errors_in(item, of_items, f"{path}[{index}]")
            return
        field = f"{path}{place}" if place.startswith("[") else ".".join(filter(None, (path, place)))
        yield field, words if field else f"{WHOLE} {words}"


def _errors_in_fields(value: dict[str, Any], struct: type[Struct], path: str) -> Iterator[tuple[str, str]]:
    prefix = f"{path}." if path else ""
    fields = {field.encode_name: field for field in structs.fields(struct)}
    for name, field in fields.items():
        if name in value:
            yield from errors_in(value[name], field.type, prefix + name)
        elif field.default is NODEFAULT and field.default_factory is NODEFAULT:
            yield prefix + name, "is needed"
    if struct.__struct_config__.forbid_unknown_fields:
        unknown = f"is not known: the fields are {listed(fields, 'and')}"
        yield from ((f"{prefix}{name}"[:200], unknown) for name in value if name not in fields)
