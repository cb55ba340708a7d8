"""Turns every error into a problem+json response (RFC 9457)."""

from __future__ import annotations

import math
import re
from typing import Any
from uuid import UUID

import msgspec
import structlog
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, SerializationException, ValidationException
from litestar.params import ParameterKwarg
from litestar.types import ExceptionHandlersMap, Scope
from msgspec import Struct

from llmstxt_sched.api.frontend.views import page_of_nowhere
from llmstxt_sched.api.middleware.access import send
from llmstxt_sched.api.middleware.request_log import REASON
from llmstxt_sched.api.middleware.token_header import challenge
from llmstxt_sched.api.requests.validation import InvalidRequest, of_parameter, predicate
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
from llmstxt_sched.process.status_phrase import phrase_of
from llmstxt_sched.services.idempotency import AnsweredBefore

log = structlog.get_logger(__name__)

FIRECRAWL = "/v1/"
CONTENT_TYPE = "application/problem+json"
HEADERS = {503: {"Retry-After": "5"}}
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
    413: "the body is too large: send less at once",
}

# Where an id stands in a path, and what stands there beside ids.
COLLECTION = re.compile(r"/(?:api/(?:projects|runs|tokens|users|sessions|targets|deliveries)|v1/llmstxt)/([^/]+)")
NO_IDS = {"bulk", "dry-run", "current"}


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


class PlainProblem(Struct, frozen=True):
    """The body of an error response, as clients of Firecrawl know it."""

    success: bool
    error: str


def problem(
    request: Request[Any, Any, Any],
    status: int,
    detail: str,
    errors: list[FieldError] | None = None,
    run_id: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response[bytes]:
    """Build the response to a failed request; why the service is unavailable goes to the log as well."""
    if status == 503:
        # A reason that is there already says more than a client is told.
        request.scope["state"].setdefault(REASON, detail)
    body, media_type = told(request.scope, status, detail, errors, run_id)
    headers = {**HEADERS.get(status, {}), **(headers or {})}
    if status == 401:
        headers["WWW-Authenticate"] = challenge(request.scope)
    return Response(body, status_code=status, media_type=media_type, headers=headers)


def told(
    scope: Scope, status: int, detail: str, errors: list[FieldError] | None = None, run_id: str | None = None
) -> tuple[bytes, str]:
    """The body of an error response, and what it is called, as the clients of the path know them."""
    if scope["path"].startswith(FIRECRAWL):
        return msgspec.json.encode(PlainProblem(success=False, error=detail)), MediaType.JSON
    body = Problem(
        type="about:blank",
        title=phrase_of(status),
        status=status,
        detail=detail,
        request_id=scope["state"].get("request_id", ""),
        errors=errors,
        run_id=run_id,
    )
    return msgspec.json.encode(body), CONTENT_TYPE


def on_our_error(request: Request[Any, Any, Any], error: LlmstxtError) -> Response[bytes]:
    """Answer an error that this service raised on purpose."""
    status = next((status for kind, status in STATUSES.items() if isinstance(error, kind)), None)
    if status is None:
        return on_unexpected(request, error)
    if isinstance(error, InvalidInput):
        return problem(request, status, error.sentence, [FieldError(*each) for each in error.told])
    if isinstance(error, Conflict) and error.run_id:
        return problem(request, status, error.message, run_id=str(error.run_id))
    if isinstance(error, Unavailable):
        request.scope["state"][REASON] = error.message
        return problem(request, status, error.public)
    if isinstance(error, TooManyRequests):
        return problem(request, status, error.message, headers={"Retry-After": str(math.ceil(error.retry_after))})
    return problem(request, status, error.message)


def on_invalid_request(request: Request[Any, Any, Any], error: ValidationException) -> Response[bytes]:
    """Answer a request with a body or a parameter that is malformed or invalid."""
    extra = error.extra if isinstance(error.extra, list) else []
    found = [_error_of(request, each) for each in extra if isinstance(each, dict)] or [predicate(error.detail)]
    if any(message == NO_BODY for _, message in found):
        return problem(request, 400, "a JSON body is needed")
    return on_invalid(request, InvalidRequest(*found))


def on_invalid(request: Request[Any, Any, Any], error: InvalidRequest) -> Response[bytes]:
    """Answer a request of which all that is wrong is known."""
    return problem(request, 422, error.sentence, [FieldError(*each) for each in error.told])


def on_http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """Answer what Litestar refuses: unknown route, wrong method, body too large, invalid JSON."""
    if error.status_code == 404 and (page := page_of_nowhere(request)):
        return page
    if isinstance(error.__cause__, msgspec.DecodeError | SerializationException):
        return problem(request, 400, "the body is not valid JSON")
    malformed = _malformed_id(request) if error.status_code == 404 else None
    detail = malformed or DETAILS.get(error.status_code) or error.detail
    return problem(request, error.status_code, detail, headers=dict(error.headers or {}))


def _malformed_id(request: Request[Any, Any, Any]) -> str | None:
    """What to say to a request for one of a collection by a text that is no id."""
    place = COLLECTION.match(request.scope["path"])
    if place is None or place[1] in NO_IDS:
        return None
    try:
        UUID(place[1])
    except ValueError:
        return f"{place[1][:100]!r} is no id as this service gives it, a UUID"
    return None


def on_unreadable(request: Request[Any, Any, Any], _: Exception) -> Response[bytes]:
    """Answer a body that is not in UTF-8 (RFC 8259, section 8.1) or is nested too deeply to be parsed."""
    return problem(request, 400, "the body is not valid JSON, or nested too deep")


def on_unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Answer a bug in this service: the log gets the traceback, the client only one sentence."""
    log.error("request crashed", exc_info=error, path=request.url.path, method=request.method)
    return problem(request, 500, "a mistake in this service: please report it with the request_id")


def _error_of(request: Request[Any, Any, Any], extra: dict[str, Any]) -> tuple[str, str]:
    """The name of a parameter as it was sent (`from` is no name in Python), and what is wrong with it."""
    argument = str(extra.get("key") or "")
    known = request.scope["route_handler"].parsed_fn_signature.parameters.get(argument)
    parameter = known.kwarg_definition if known else None
    name = (parameter.name if isinstance(parameter, ParameterKwarg) else None) or argument
    place, words = predicate(str(extra.get("message", "")), known.annotation if known else None)
    return name or place, of_parameter(words)


def on_answered_before(_: Request[Any, Any, Any], answered: AnsweredBefore) -> Response[bytes]:
    """Answer a repeated request with the response of the first; this is not an error."""
    return send(answered.response)


HANDLERS: ExceptionHandlersMap = {
    AnsweredBefore: on_answered_before,
    LlmstxtError: on_our_error,
    InvalidRequest: on_invalid,
    msgspec.DecodeError: on_unreadable,
    ValidationException: on_invalid_request,
    HTTPException: on_http_error,
    UnicodeDecodeError: on_unreadable,
    RecursionError: on_unreadable,
    Exception: on_unexpected,
}
