"""Bodies of requests: read strictly, with all that is wrong told at once."""

from __future__ import annotations

import asyncio
import codecs
import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec
from litestar import Request
from msgspec import NODEFAULT, Struct, structs
from msgspec.structs import FieldInfo

from llmstxt_sched.api.requests.calls import CHECKS_THE_REST, bare, unbound
from llmstxt_sched.api.requests.validation import WHOLE, InvalidRequest, items_of, listed, predicate
from llmstxt_sched.errors import MOST_ERRORS, Faults

T = TypeVar("T")

# A larger body, in bytes, is read in a thread: one of many small objects takes a fifth of a second.
_MAX_QUICK = 32 * 1024


class JsonRequest(Request[Any, Any, Any]):
    """A request whose body is read as the type that its handler takes; a number is a number, not a text of digits."""

    async def json(self) -> Any:
        """The body.  Raises msgspec.DecodeError and InvalidRequest."""
        handler = self.scope["route_handler"]
        kind = handler.parsed_fn_signature.parameters["data"].annotation
        body = await self.body()
        if handler.opt.get(CHECKS_THE_REST):
            value, self.state.faults = await read_soon(read_with_faults, body, kind)
            return value
        return await read_soon(read_body, body, kind)


def faults_of(request: Request[Any, Any, Any]) -> Faults:
    """What is wrong in the body of a request that was given to a handler nonetheless, for it to find the rest."""
    faults: Faults = request.state.faults
    return faults


async def read_soon(read: Callable[[bytes, Any], T], body: bytes, kind: Any) -> T:
    """What `read` makes of a body; of a large one in a thread."""
    return await asyncio.to_thread(read, body, kind) if len(body) > _MAX_QUICK else read(body, kind)


def read_body(body: bytes, kind: Any) -> Any:
    """`body` as JSON of the type `kind`.  Raises msgspec.DecodeError, and InvalidRequest with what is wrong.

    A byte order mark before it is passed over, as some editors and shells write one (RFC 8259, section 8.1).
    """
    body = body.removeprefix(codecs.BOM_UTF8)
    try:
        value = msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as first:
        # If a field is there twice, only the last one is checked again, which may be right.
        found = tuple(errors_in(msgspec.json.decode(body), kind)) or (predicate(str(first), kind),)
        raise InvalidRequest(*found) from None
    # Which of two counts is left to each reader (RFC 8259, section 4), and somebody meant the other one.
    if repeated := _repeated_in(body.decode()):
        raise InvalidRequest(*((name[:200], "may be sent once only") for name in repeated))
    return value


def read_with_faults(body: bytes, kind: type[Struct]) -> tuple[Any, Faults]:
    """`body` as `read_body` reads it; without the fields that are wrong, if all that it needs is there.

    Raises msgspec.DecodeError, and InvalidRequest where nothing can be made of the rest.
    """
    try:
        return read_body(body, kind), Faults()
    except InvalidRequest as wrong:
        rest = _right_in(msgspec.json.decode(body.removeprefix(codecs.BOM_UTF8)), kind, with_blanks=True)
        if rest is None or len(wrong.errors) > MOST_ERRORS:
            raise
        return rest, Faults(*wrong.errors)


def _right_in(value: Any, struct: type[Struct], *, with_blanks: bool = False) -> Struct | None:
    """The struct of the fields of `value` that are right; None if one is missing that is needed.

    With blanks, a text that is needed is empty where it is missing.
    """
    if not isinstance(value, dict):
        return None
    right = {}
    for field in structs.fields(struct):
        found = _right_field(value, field)
        if found is NODEFAULT and _is_needed(field):
            if not with_blanks or unbound(field.type) is not str:
                return None
            found = ""
        if found is not NODEFAULT:
            right[field.name] = found
    return struct(**right)


def _right_field(value: dict[str, Any], field: FieldInfo) -> Any:
    if field.encode_name not in value:
        return NODEFAULT
    given, struct = value[field.encode_name], bare(field.type)
    if not any(errors_in(given, field.type)):
        return msgspec.convert(given, field.type)
    if isinstance(struct, type) and issubclass(struct, Struct):
        return _right_in(given, struct) or NODEFAULT
    return NODEFAULT


def _is_needed(field: FieldInfo) -> bool:
    return field.default is NODEFAULT and field.default_factory is NODEFAULT


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
        elif _is_needed(field):
            yield prefix + name, "is needed"
    if struct.__struct_config__.forbid_unknown_fields:
        unknown = f"is not known: the fields are {listed(fields, 'and')}"
        yield from ((f"{prefix}{name}"[:200], unknown) for name in value if name not in fields)
