from __future__ import annotations

import re
from collections import Counter
from typing import Any

import msgspec
import pytest
from tests.support.description import calls, description

from llmstxt_sched.api.openapi.description import WORDS
from llmstxt_sched.api.requests.calls import bare

OPERATIONS = {
    operation["operationId"]: operation for path in description()["paths"].values() for operation in path.values()
}
SCHEMAS: dict[str, Any] = description()["components"]["schemas"]


def test_every_call_has_a_name_of_its_own_that_begins_with_a_verb() -> None:
    assert len(OPERATIONS) == len(calls())
    assert [name for name in OPERATIONS if not re.fullmatch(r"[a-z]+(_[a-z]+)+", name)] == []


def test_every_call_and_parameter_is_described() -> None:
    for operation in OPERATIONS.values():
        assert operation["description"].endswith(".")
        assert operation["tags"][0] in WORDS["tags"]
        assert [each["name"] for each in operation["parameters"] if not each.get("description")] == []


def test_every_struct_and_field_is_described_under_a_name_of_ours() -> None:
    assert [name for name in SCHEMAS if not re.fullmatch(r"[A-Z][A-Za-z]+", name) or name.endswith("Wire")] == []
    assert [name for name, part in SCHEMAS.items() if not part.get("description")] == []
    fields = {(name, field): part for name, schema in SCHEMAS.items() for field, part in fields_of(schema).items()}
    assert [each for each, part in fields.items() if not part.get("description")] == []


def test_no_words_are_left_over() -> None:
    common = Counter(field for schema in SCHEMAS.values() for field in fields_of(schema))
    assert WORDS["fields"]["*"].keys() <= common.keys()
    for name in (WORDS["fields"].keys() - {"*"}) | WORDS["schemas"].keys() | WORDS["examples"].keys():
        assert name in SCHEMAS
        assert WORDS["fields"].get(name, {}).keys() <= fields_of(SCHEMAS[name]).keys()
    parameters = {(o["operationId"], each["name"]) for o in OPERATIONS.values() for each in o["parameters"]}
    named = {tuple(name.split(".")) for name in WORDS["parameters"] if "." in name}
    assert named <= parameters
    assert WORDS["parameters"].keys() - {".".join(each) for each in named} <= {name for _, name in parameters}
    assert WORDS["tags"].keys() == {tag for operation in OPERATIONS.values() for tag in operation["tags"]}


def test_every_body_that_is_sent_has_an_example_that_fits() -> None:
    for call in calls():
        if call.takes_json:
            kind = bare(call.handler.parsed_fn_signature.parameters["data"].annotation)
            msgspec.convert(WORDS["examples"][kind.__name__.removesuffix("Wire")], kind)


def test_what_an_answer_has_is_always_there_and_what_is_sent_may_lack_what_has_a_default() -> None:
    assert SCHEMAS["Run"]["required"] == list(SCHEMAS["Run"]["properties"])
    assert SCHEMAS["ProjectCreate"]["required"] == ["url"]
    assert SCHEMAS["ProjectCreate"]["properties"]["timezone"]["default"] == "UTC"
    assert SCHEMAS["Problem"]["required"] == ["type", "title", "status", "detail", "request_id"]


def test_lists_are_described_by_what_they_hold_and_enumerations_by_their_values() -> None:
    assert SCHEMAS["RunList"]["properties"]["items"]["items"] == {"$ref": "#/components/schemas/Run"}
    assert SCHEMAS["Crawl"]["properties"]["include"]["items"]["maxLength"] == 500
    assert SCHEMAS["RunStatus"]["type"] == "string"
    assert "FAILED" in SCHEMAS["RunStatus"]["enum"]
    assert SCHEMAS["Run"]["properties"]["created_at"]["format"] == "date-time"


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("list_projects", "200 400 401 403 422 503"),
        ("create_project", "200 201 400 401 403 409 413 415 422 429 503"),
        ("create_target", "201 400 401 403 404 409 413 415 422 429 503"),
        ("confirm_address", "200 400 401 403 404 409 413 415 422 429 503"),
        ("delete_project", "204 400 401 403 404 409 413 422 429 503"),
        ("get_llms_txt", "200 304 400 401 403 404 422 503"),
        ("get_published", "200 304 400 404 422 503"),
    ],
)
def test_a_call_names_every_status_that_it_may_answer(name: str, statuses: str) -> None:
    assert sorted(OPERATIONS[name]["responses"]) == statuses.split()


def test_errors_have_the_shape_that_their_clients_know() -> None:
    assert OPERATIONS["get_run"]["responses"]["404"] == {"$ref": "#/components/responses/404"}
    content = OPERATIONS["get_llmstxt"]["responses"]["404"]["content"]
    assert content == {"application/json": {"schema": {"$ref": "#/components/schemas/PlainProblem"}}}


def test_the_codes_of_a_failed_run_are_named() -> None:
    assert "`dns_error`" in SCHEMAS["RunError"]["properties"]["code"]["description"]


def fields_of(schema: dict[str, Any]) -> dict[str, Any]:
    """The fields of a struct; none of an enumeration."""
    fields: dict[str, Any] = schema.get("properties", {})
    return fields
