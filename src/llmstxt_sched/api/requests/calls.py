"""What each call takes and gives, read from its handler: for the description of the API, and to hold requests to it."""

from __future__ import annotations

import types
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Union, get_args, get_origin

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.params import HeaderParameter, ParameterKwarg
from litestar.routes import HTTPRoute
from litestar.types import Empty
from litestar.typing import FieldDefinition
from msgspec import Meta, Struct, UnsetType

from llmstxt_sched.api.requests.validation import WITHOUT_NUL
from llmstxt_sched.domain.times import Time

# Marks a handler that takes an Idempotency-Key.
TAKES_KEY = "takes_key"
# Marks a handler that checks what is right in a body where something is wrong: `bodies.faults_of` has what is wrong.
CHECKS_THE_REST = "checks_the_rest"
# Marks a handler that reads JSON lines by itself, and what they are called.
TAKES_LINES = "takes_lines"
JSON = "application/json"
LINES = "application/jsonl"
BYTES = "application/octet-stream"
# Arguments of a handler that Litestar takes from no parameter of the request.
RESERVED = {"request", "data", "state", "scope"}
BOUNDS = ("gt", "ge", "lt", "le", "min_length", "max_length", "pattern")


class CallParameter(Struct, frozen=True):
    """A parameter in the query, the path or a header; `type` has its bounds, `default` is Empty where one is needed."""

    name: str
    place: str
    type: Any
    default: Any
    description: str | None

    @property
    def is_text(self) -> bool:
        """Whether it takes any text."""
        return unbound(self.type) is str

    @property
    def is_time(self) -> bool:
        """Whether it takes a time."""
        return unbound(self.type) is datetime


class Call(Struct, frozen=True):
    """One method of one path; the path without the types of its parameters."""

    method: str
    path: str
    handler: HTTPRouteHandler
    parameters: tuple[CallParameter, ...]

    @property
    def takes_json(self) -> bool:
        """Whether it takes a body in JSON."""
        return JSON in self.kinds_of_body

    @property
    def kinds_of_body(self) -> tuple[str, ...]:
        """What its body may be called; nothing where it takes none."""
        return kinds_of_body(self.handler)


def calls_of(app: Litestar) -> Iterator[Call]:
    """The calls of `app` that are part of its description, in the order of its controllers; HEAD is as GET."""
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        for handler in route.route_handlers:
            for method in sorted(handler.http_methods):
                if str(method) not in {"HEAD", "OPTIONS"} and handler.resolve_include_in_schema():
                    yield Call(
                        str(method), route.path_format, handler, parameters_of(handler, set(route.path_parameters))
                    )


def kinds_of_body(handler: HTTPRouteHandler) -> tuple[str, ...]:
    """What the body of a handler may be called, the usual one first; nothing where it takes none."""
    if handler.opt.get(TAKES_LINES):
        return LINES, BYTES
    return (JSON,) if "data" in handler.parsed_fn_signature.parameters else ()


def parameters_of(handler: HTTPRouteHandler, in_path: set[str]) -> tuple[CallParameter, ...]:
    """The parameters of a handler; those named in `in_path` are part of its path."""
    injected = RESERVED | handler.dependency_name_set
    fields = handler.parsed_fn_signature.parameters.items()
    return tuple(_parameter(name, field, name in in_path) for name, field in fields if name not in injected)


def bare(kind: Any) -> Any:
    """`kind` without None and UNSET, which say that it was not sent."""
    if get_origin(kind) not in {Union, types.UnionType}:
        return kind
    kept = tuple(each for each in get_args(kind) if each not in (types.NoneType, UnsetType))
    return kept[0] if len(kept) == 1 else Union[kept]  # noqa: UP007  (built, not written)


def unbound(kind: Any) -> Any:
    """`kind` without its bounds."""
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _parameter(name: str, field: FieldDefinition, is_in_path: bool) -> CallParameter:
    known = field.kwarg_definition if isinstance(field.kwarg_definition, ParameterKwarg) else None
    bounds = {bound: value for bound in BOUNDS if known and (value := getattr(known, bound)) is not None}
    kind = bare(field.annotation)
    if kind is datetime:
        kind = Time
    place = "path" if is_in_path else "header" if isinstance(known, HeaderParameter) else "query"
    if kind is str and place == "query":
        # Held to by Strictness, for all of them.
        bounds.setdefault("pattern", WITHOUT_NUL)
    return CallParameter(
        name=(known.name if known else None) or name,
        place=place,
        type=Annotated[kind, Meta(**bounds)] if bounds else kind,
        default=Empty if field.default is Empty else field.default,
        description=known.description if known else None,
    )
