"""The whole description: every call with its parameters, bodies, answers and errors, and who may call it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from litestar import Litestar, Response
from litestar.types import Empty
from msgspec import Struct

from llmstxt_sched.api.middleware.access import MAX_KEY
from llmstxt_sched.api.openapi.schemas import REF, schemas_of
from llmstxt_sched.api.permissions import Need, need_of
from llmstxt_sched.api.problems import CONTENT_TYPE, FIRECRAWL, PlainProblem, Problem
from llmstxt_sched.api.requests.calls import BYTES, JSON, LINES, TAKES_KEY, Call, CallParameter, bare, calls_of
from llmstxt_sched.api.transfer import TAR
from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.payload import PAYLOADS, Payload
from llmstxt_sched.services.run_errors import RUN_ERRORS

WORDS: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "words.toml").read_text())
ERRORS = {
    "400": "The body is not valid JSON, or what was sent cannot be read.",
    "401": "No token and no session, or one that is not valid.",
    "403": "Who asks may not do this.",
    "404": "There is no such thing.",
    "409": "The present state forbids it; `run_id` is the run in the way, where one is.",
    "413": "The body is too large.",
    "415": "The body is not `application/json`.",
    "422": "A field or a parameter is wrong or unknown; `errors` says which.",
    "429": "Too many requests: ask again after Retry-After.",
    "503": "A server behind the API is away: ask again after Retry-After.",
}
BINARY = {"type": "string", "format": "binary"}
# Makers of clients skip calls of which they know no kind of body: these are what they take these for.
ALIKE = {TAR: BYTES, LINES: "text/plain"}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": WORDS["parameters"]["Idempotency-Key"],
    "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY},
}


class Success(Struct, frozen=True):
    """What a call answers where all is well; the type is None where there is no body."""

    status: int
    media_type: str
    type: Any


@cache
def description_of(app: Litestar, version: str, cookie: str) -> dict[str, Any]:
    """The description of `app`, whose sessions are in the cookie named `cookie`."""
    calls = list(calls_of(app))
    sent = [_body_of(call) for call in calls if call.takes_json] + [p.type for call in calls for p in call.parameters]
    answered = [answer.type for call in calls for answer in answers_of(call)] + [Problem, PlainProblem]
    answered += PAYLOADS.values()
    schemas, components = schemas_of(sent, answered, WORDS["fields"])
    paths: dict[str, dict[str, Any]] = {}
    for call in calls:
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call, schemas)
    for name, text in WORDS["schemas"].items():
        components[name]["description"] = " ".join(text.split())
    codes = components["RunError"]["properties"]["code"]
    codes["description"] += f" {', '.join(f'`{code}`' for code in RUN_ERRORS)}."
    for name, example in WORDS["examples"].items():
        components[name]["examples"] = [example]
    return {
        "openapi": "3.1.0",
        "info": {"title": "llmstxt-sched", "version": version, "description": WORDS["info"]["description"]},
        "servers": [{"url": "/"}],
        "security": [{"token": []}, {"session": []}],
        "tags": [{"name": name, "description": text} for name, text in WORDS["tags"].items()],
        "paths": paths,
        "webhooks": {kind.value: {"post": _webhook(kind, payload, schemas)} for kind, payload in PAYLOADS.items()},
        "components": {
            "schemas": components,
            "responses": {status: _problem(text) for status, text in ERRORS.items()},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "An API token: `llms_…`"},
                "session": {"type": "apiKey", "in": "cookie", "name": cookie, "description": "A browser's session."},
            },
        },
    }


def answers_of(call: Call) -> list[Success]:
    """What a call answers where all is well: its handler's return type, or what the handler says of a `Response`."""
    handler = call.handler
    if handler.responses:
        specs = handler.responses.items()
        return [
            Success(status, getattr(spec.media_type, "value", spec.media_type), spec.data_container)
            for status, spec in specs
        ]
    returned = handler.parsed_fn_signature.return_type
    kind = returned.inner_types[0].annotation if returned.is_subclass_of(Response) else returned.annotation
    return [Success(handler.status_code, JSON, None if kind is type(None) else kind)]


def _operation(call: Call, schemas: dict[int, Any]) -> dict[str, Any]:
    handler, need = call.handler, need_of(call.method, call.path)
    # A handler that runs in a thread is wrapped.
    text = " ".join((getattr(handler.fn, "func", handler.fn).__doc__ or "").split())
    found: dict[str, Any] = {
        "operationId": handler.operation_id,
        "tags": handler.resolve_tags(),
        "summary": text.split(". ")[0].removesuffix("."),
        "description": text,
        "parameters": [_parameter(call, each, schemas) for each in call.parameters],
        "responses": {str(answer.status): _answer(answer, schemas) for answer in answers_of(call)}
        | {status: _error(call, status) for status in errors_of(call)},
        "x-needs": need.value,
    }
    if handler.opt.get(TAKES_KEY):
        found["parameters"].append(KEY)
    if call.takes_json:
        is_required = handler.parsed_fn_signature.parameters["data"].default is Empty
        found["requestBody"] = {"required": is_required, "content": {JSON: {"schema": schemas[id(_body_of(call))]}}}
    elif call.kinds_of_body:
        sent = {kind: {"schema": BINARY} for kind in call.kinds_of_body}
        # No line is as good as any number of them.
        found["requestBody"] = {"required": False, "content": sent}
    if need is Need.OPEN:
        found["security"] = [{}]
    return found


def errors_of(call: Call) -> list[str]:
    """The statuses of errors that a call may answer."""
    kept = set(ERRORS)
    if not call.kinds_of_body:
        kept -= {"415"}
    if call.method == "GET":
        kept -= {"409", "413", "429"}
    if not any(each.place == "path" for each in call.parameters) and not _names_another(call):
        kept -= {"404"} - {str(each.status_code) for each in call.handler.raises or ()}
    if need_of(call.method, call.path) is Need.OPEN and call.method == "GET":
        kept -= {"401", "403"}
    return sorted(kept)


def _names_another(call: Call) -> bool:
    """Whether its body names something by its id, which may not be there."""
    return call.takes_json and any(name.endswith("_id") for name in _body_of(call).__struct_fields__)


def _body_of(call: Call) -> Any:
    return bare(call.handler.parsed_fn_signature.parameters["data"].annotation)


def _parameter(call: Call, parameter: CallParameter, schemas: dict[int, Any]) -> dict[str, Any]:
    schema = dict(schemas[id(parameter.type)])
    if parameter.default not in {Empty, None, ""}:
        schema["default"] = parameter.default
    words = WORDS["parameters"]
    own = words.get(f"{call.handler.operation_id}.{parameter.name}")
    text = own or parameter.description or words.get(parameter.name)
    return {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.default is Empty,
        "schema": schema,
        **({"description": text} if text else {}),
    }


def _answer(answer: Success, schemas: dict[int, Any]) -> dict[str, Any]:
    text = WORDS["statuses"][str(answer.status)]
    if answer.type is None:
        return {"description": text}
    schema = BINARY if answer.type is bytes else schemas[id(answer.type)]
    kinds = (answer.media_type, *filter(None, [ALIKE.get(answer.media_type)]))
    return {"description": text, "content": {kind: {"schema": schema} for kind in kinds}}


def _error(call: Call, status: str) -> dict[str, Any]:
    if call.path.startswith(FIRECRAWL):
        return {"description": ERRORS[status], "content": {JSON: {"schema": {"$ref": f"{REF}PlainProblem"}}}}
    return {"$ref": f"#/components/responses/{status}"}


def _webhook(kind: EventKind, payload: type[Payload], schemas: dict[int, Any]) -> dict[str, Any]:
    """What a receiver of webhooks gets of an event of this kind."""
    return {
        "summary": " ".join((payload.__doc__ or "").split()).removesuffix("."),
        "tags": ["notifications"],
        "security": [{}],
        "parameters": [
            {"name": name, "in": "header", "required": True, "description": text, "schema": {"type": "string"}}
            for name, text in WORDS["webhook_headers"].items()
        ],
        "requestBody": {"required": True, "content": {JSON: {"schema": schemas[id(payload)]}}},
        "responses": {status: {"description": text} for status, text in WORDS["webhook_answers"].items()},
        "operationId": f"receive_{kind.value.replace('.', '_')}",
    }


def _problem(text: str) -> dict[str, Any]:
    return {"description": text, "content": {CONTENT_TYPE: {"schema": {"$ref": f"{REF}Problem"}}}}
