"""Turns every error into a problem+json response (RFC 9457)."""

from __future__ import annotations

import math
import re
from http import HTTPStatus
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, SerializationException, ValidationException
from litestar.params import ParameterKwarg
from litestar.types import ExceptionHandlersMap
from msgspec import Struct

from llmstxt_sched.api.frontend.views import page_of_nowhere
from llmstxt_sched.api.middleware.access import send
from llmstxt_sched.api.validation import in_words
from llmstxt_sched.errors import (
    Conflict,
    Forbidden,
    InvalidInput,
    LlmstxtError,
    NotFound,
    TooManyRequests,
    Unauthorized,
    Unavailable,
)
from llmstxt_sched.services.idempotency import AnsweredBefore

log = structlog.get_logger(__name__)

CONTENT_TYPE = "application/problem+json"
HEADERS = {503: {"Retry-After": "5"}, 401: {"WWW-Authenticate": "Bearer"}}
STATUSES: dict[type[LlmstxtError], int] = {
    InvalidInput: 422,
    NotFound: 404,
    Conflict: 409,
    Unauthorized: 401,
    Forbidden: 403,
    TooManyRequests: 429,
    Unavailable: 503,
}
# Litestar's error message for a request without the body that it must have.
NO_BODY = "'data'"
DETAILS = {
    404: "there is no such address: see /api/docs",
    405: "this address does not take this method: see /api/docs",
    413: "the body is too large",
}
# How msgspec's messages give the path to an error, and name a field that is missing or unknown.
PLACE = re.compile(r" - at `\$\.?([^`]*)`$")
NAMED_FIELD = re.compile(r"field `([^`]*)`")


class FieldError(Struct, frozen=True):
    """What is wrong with one field."""

    field: str
    message: str


class Problem(Struct, frozen=True, omit_defaults=True):
    """The body of an error response; `run_id` is the run that is in the way, if there is one."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[FieldError] | None = None
    run_id: str | None = None


def problem(
    request: Request[Any, Any, Any],
    status: int,
    detail: str,
    errors: list[FieldError] | None = None,
    run_id: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response[bytes]:
    """Build the response to a failed request."""
    body = Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        request_id=request.state.get("request_id", ""),
        errors=errors,
        run_id=run_id,
    )
    headers = {**HEADERS.get(status, {}), **(headers or {})}
    return Response(msgspec.json.encode(body), status_code=status, media_type=CONTENT_TYPE, headers=headers)


def on_our_error(request: Request[Any, Any, Any], error: LlmstxtError) -> Response[bytes]:
    """Answer an error that this service raised on purpose."""
    status = next((status for kind, status in STATUSES.items() if isinstance(error, kind)), None)
    if status is None:
        return on_unexpected(request, error)
    if isinstance(error, InvalidInput):
        return problem(request, status, error.message, [FieldError(*each) for each in error.errors])
    if isinstance(error, Conflict) and error.run_id:
        return problem(request, status, error.message, run_id=str(error.run_id))
    if isinstance(error, TooManyRequests):
        return problem(request, status, error.message, headers={"Retry-After": str(math.ceil(error.retry_after))})
    return problem(request, status, error.message)


def on_invalid_request(request: Request[Any, Any, Any], error: ValidationException) -> Response[bytes]:
    """Answer a request with a body or a parameter that is malformed or invalid."""
    extra = error.extra if isinstance(error.extra, list) else []
    errors = [_field_error(request, each) for each in extra if isinstance(each, dict)] or [_from_message(error.detail)]
    if any(each.message.startswith("JSON is malformed") for each in errors):
        return problem(request, 400, "the body is not valid JSON")
    if any(each.message == NO_BODY for each in errors):
        return problem(request, 400, "a JSON body is needed")
    return problem(request, 422, "; ".join(": ".join(filter(None, (e.field, e.message))) for e in errors), errors)


def on_http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """Answer what Litestar refuses: unknown route, wrong method, body too large, invalid JSON."""
    if error.status_code == 404 and (page := page_of_nowhere(request)):
        return page
    if isinstance(error.__cause__, msgspec.DecodeError | SerializationException):
        return problem(request, 400, "the body is not valid JSON")
    detail = DETAILS.get(error.status_code) or error.detail
    return problem(request, error.status_code, detail, headers=dict(error.headers or {}))


def on_unreadable(request: Request[Any, Any, Any], _: Exception) -> Response[bytes]:
    """Answer a body that is not in UTF-8 (RFC 8259, section 8.1) or is nested too deeply to be parsed."""
    return problem(request, 400, "the body is not valid JSON, or nested too deep")


def on_unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Answer a bug in this service: the log gets the traceback, the client only one sentence."""
    log.error("request crashed", exc_info=error, path=request.url.path, method=request.method)
    return problem(request, 500, "a mistake in this service: please report it with the request_id")


def _field_error(request: Request[Any, Any, Any], extra: dict[str, Any]) -> FieldError:
    """Combine the two names of a field: Litestar's key (`data` for the body), and msgspec's path within that."""
    found = _from_message(str(extra.get("message", "")))
    key = _name_sent(request, str(extra.get("key") or ""))
    if key in {"", "data"} or key.endswith(found.field):
        return FieldError(found.field if key in {"", "data"} else key, found.message)
    return FieldError(f"{key}.{found.field}" if found.field else key, found.message)


def _name_sent(request: Request[Any, Any, Any], argument: str) -> str:
    """The name that a handler's argument has in requests: `from` is no name in Python."""
    known = request.scope["route_handler"].parsed_fn_signature.parameters.get(argument)
    parameter = known.kwarg_definition if known else None
    return (parameter.name if isinstance(parameter, ParameterKwarg) else None) or argument


def _from_message(message: str) -> FieldError:
    place = PLACE.search(message)
    named = NAMED_FIELD.search(message)
    path = [place[1] if place else "", named[1] if named else ""]
    return FieldError(".".join(filter(None, path)), in_words(PLACE.sub("", message)))


def on_answered_before(_: Request[Any, Any, Any], answered: AnsweredBefore) -> Response[bytes]:
    """Answer a repeated request with the response of the first; this is not an error."""
    return send(answered.response)


HANDLERS: ExceptionHandlersMap = {
    AnsweredBefore: on_answered_before,
    LlmstxtError: on_our_error,
    ValidationException: on_invalid_request,
    HTTPException: on_http_error,
    UnicodeDecodeError: on_unreadable,
    RecursionError: on_unreadable,
    Exception: on_unexpected,
}
