"""The OpenAPI file: what Litestar says of the handlers, and the errors that any of them may answer."""

from __future__ import annotations

from typing import Any

import msgspec

from llmstxt_sched.api.problems import CONTENT_TYPE, Problem

ERRORS = {
    "400": "The body is not valid JSON.",
    "401": "No token, or one that is not valid.",
    "404": "There is no such thing.",
    "409": "The present state forbids it; `run_id` is the run in the way, where one is.",
    "413": "The body is too large.",
    "422": "A field is wrong or unknown; `errors` says which.",
    "503": "A server behind the API is away: ask again after Retry-After.",
}
METHODS = {"get", "head", "post", "patch", "delete"}


def with_problems(schema: dict[str, Any]) -> dict[str, Any]:
    """`schema` with the same errors at each call, as problem+json (RFC 9457)."""
    _, parts = msgspec.json.schema_components([Problem], ref_template="#/components/schemas/{name}")
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    components = schema["components"]
    components["schemas"] |= parts
    components["responses"] = {code: {"description": text, "content": content} for code, text in ERRORS.items()}
    errors = {code: {"$ref": f"#/components/responses/{code}"} for code in ERRORS}
    for path in schema["paths"].values():
        for method in METHODS & path.keys():
            path[method]["responses"] |= errors
    return schema
