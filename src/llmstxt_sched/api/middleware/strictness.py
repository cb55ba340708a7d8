"""Refuses what a call below /api does not take: a mistyped filter would select everything.

Published documents ignore what they do not know, as any file on the web does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from litestar import Request
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Empty, Receive, Scope, Send

from llmstxt_sched.api.middleware.time_limit import SAFE_METHODS
from llmstxt_sched.api.requests.bodies import read_body, read_soon
from llmstxt_sched.api.requests.calls import JSON, CallParameter, kinds_of_body, parameters_of
from llmstxt_sched.api.requests.validation import NO_NUL, InvalidRequest, listed, of_parameter, predicate
from llmstxt_sched.value_words import A_TIME

BELOW = "/api/"
# A body that is sent as it is (RFC 9110, section 8.4).
PLAIN = "identity"
# As msgspec reads them.
NUMBER = re.compile(r"[-+]?[\d.]+(?:e[-+]?\d+)?", re.IGNORECASE)


class Strictness(ASGIMiddleware):
    """Lets a request through that has no parameter and no body but those that its call takes."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Serve one request.  Raises InvalidRequest, and HTTPException and DecodeError for a body that is not JSON."""
        handler = scope["route_handler"]
        if isinstance(handler, HTTPRouteHandler) and _is_call(handler, scope["path_template"]):
            request = Request[Any, Any, Any](scope)
            wrong = list(_wrong_in_query(request, _query_of(handler, frozenset(scope["path_params"]))))
            has_body, receive = await _look_for_body(request, receive)
            if wrong:
                wrong += await _wrong_in_body(Request(scope, receive), handler) if has_body else ()
                raise InvalidRequest(*wrong)
            if has_body:
                receive = await _check_body(scope, receive, kinds_of_body(handler))
        await next_app(scope, receive, send)


def _is_call(handler: HTTPRouteHandler, path: str) -> bool:
    return path.startswith(BELOW) and bool(handler.resolve_include_in_schema())


@cache
def _query_of(handler: HTTPRouteHandler, in_path: frozenset[str]) -> dict[str, CallParameter]:
    return {each.name: each for each in parameters_of(handler, set(in_path)) if each.place == "query"}


def _wrong_in_query(request: Request[Any, Any, Any], known: dict[str, CallParameter]) -> Iterator[tuple[str, str]]:
    sent = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
    takes = f"it takes {listed(known, 'and')}" if known else "it takes none"
    times = Counter(name for name, _ in sent)
    unknown = ((name[:100], f"is no parameter of this call: {takes}") for name in times if name not in known)
    repeated = ((name, "may be sent once only") for name in known if times[name] > 1)
    misread = ((name, told) for name, value in sent if name in known and (told := _misread(known[name], value)))
    missing = ((name, "is needed") for name in known if known[name].default is Empty and name not in times)
    return chain(unknown, repeated, misread, missing)


def _misread(parameter: CallParameter, value: str) -> str | None:
    """What to say of a value that is none of the parameter's, or would be taken otherwise than it was meant."""
    if "\0" in value:
        return NO_NUL
    # Unless a parameter is a text, msgspec takes "null" for None, as if nothing had been sent, and numbers for times.
    if not parameter.is_text and value.lower() == "null":
        return "is null: leave it out instead"
    if parameter.is_time and NUMBER.fullmatch(value):
        return f"is a number: send {A_TIME}"
    try:
        msgspec.convert(value, parameter.type, strict=False)
    except msgspec.ValidationError as error:
        return of_parameter(predicate(str(error), parameter.type)[1])
    return None


async def _look_for_body(request: Request[Any, Any, Any], receive: Receive) -> tuple[bool, Receive]:
    """Whether the request has a body that is not empty, and from where to receive it."""
    if "transfer-encoding" not in request.headers:
        # RFC 9112, section 6: what has neither of these has no body.
        return int(request.headers.get("content-length", "0")) > 0, receive
    # Only its first part tells whether a body in parts is empty.
    read: list[Any] = [await receive()]
    return bool(read[0].get("body") or read[0].get("more_body")), _again(read, receive)


async def _wrong_in_body(request: Request[Any, Any, Any], handler: HTTPRouteHandler) -> tuple[tuple[str, str], ...]:
    """The fields of a body in JSON that are wrong beside a parameter.  Raises DecodeError for one that is none."""
    if JSON not in kinds_of_body(handler) or _kind_of(request) != JSON or not _is_plain(request):
        return ()
    try:
        await read_soon(read_body, await request.body(), handler.parsed_fn_signature.parameters["data"].annotation)
    except InvalidRequest as wrong:
        return wrong.errors
    return ()


async def _check_body(scope: Scope, receive: Receive, wanted: tuple[str, ...]) -> Receive:
    """Check a body by its declared type, and return what to receive it from."""
    request = Request[Any, Any, Any](scope, receive)
    if wanted:
        _check_kind(request, wanted)
        return receive
    # If its body were read, the description of GET would have to say that it may be too large.
    if request.method in SAFE_METHODS or not await _has_no_field(request):
        raise InvalidRequest(("", "this call takes no body"))
    return _again([{"type": "http.request", "body": b"", "more_body": False}], receive)


async def _has_no_field(request: Request[Any, Any, Any]) -> bool:
    """Whether the body is `{}`, which some clients send where they have nothing to say: no field of it is wrong."""
    if not _is_plain(request):
        return False
    return bool(read_body(b"".join([part async for part in request.stream()]), Any) == {})


def _again(read: list[Any], receive: Receive) -> Receive:
    """Receive what was read already, and then the rest."""

    async def receive_again() -> Any:
        return read.pop() if read else await receive()

    return receive_again


def _check_kind(request: Request[Any, Any, Any], wanted: tuple[str, ...]) -> None:
    kind = _kind_of(request)
    if kind not in wanted:
        seen = f"not {kind[:100]}" if kind else "and the header Content-Type say so"
        raise HTTPException(status_code=415, detail=f"the body must be {wanted[0]}, {seen}")
    if not _is_plain(request):
        detail = "the body must be sent as it is, not compressed: without the header Content-Encoding"
        raise HTTPException(status_code=415, detail=detail, headers={"Accept-Encoding": PLAIN})


def _is_plain(request: Request[Any, Any, Any]) -> bool:
    return request.headers.get("content-encoding", PLAIN).strip().lower() in {PLAIN, ""}


def _kind_of(request: Request[Any, Any, Any]) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
