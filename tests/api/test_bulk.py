from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from tests.support.service import Service, Site

BULK = "/api/projects/bulk"


@pytest.fixture
def projects(service: Service, site: Site) -> Iterator[list[dict[str, Any]]]:
    """Three projects whose names have a word in common that no other project has."""
    word = uuid4().hex
    made = [
        service.json("POST", "/api/projects", {"url": site.url, "name": f"{word} {number}"}, expect=201)
        for number in range(3)
    ]
    yield made
    for project in made:
        service.client.delete(f"/api/projects/{project['id']}")


def word_of(projects: list[dict[str, Any]]) -> str:
    return str(projects[0]["name"]).split(" ")[0]


def test_an_action_by_ids_says_with_which_projects_it_could_not_be_done(
    service: Service, projects: list[dict[str, Any]]
) -> None:
    ids, nobody = [project["id"] for project in projects], str(uuid4())
    schedule = {"cron_expression": "0 2 * * *", "timezone": "Europe/Berlin", "is_enabled": False}
    body = {"action": "schedule", "ids": [*ids, nobody], "schedule": schedule}
    assert service.json("POST", BULK, body) == {
        "matched": 4,
        "done": 3,
        "failed": [{"id": nobody, "name": "", "message": f"there is no project {nobody}"}],
        "projects": [],
    }
    shown = service.json("GET", f"/api/projects/{ids[0]}")
    assert {name: shown[name] for name in schedule} == schedule


def test_an_action_by_filter_is_done_with_what_the_list_shows(service: Service, projects: list[dict[str, Any]]) -> None:
    wanted = {"q": word_of(projects)}
    body = {"action": "run", "filter": wanted, "expected": 3}
    assert service.json("POST", BULK, body) == {"matched": 3, "done": 3, "failed": [], "projects": []}
    for project in projects:
        (run,) = service.json("GET", f"/api/projects/{project['id']}/runs")["items"]
        service.run_ended(run["id"])
    service.json("POST", BULK, {"action": "delete", "filter": wanted, "expected": 2}, expect=409)
    assert service.json("POST", BULK, {"action": "delete", "filter": wanted, "expected": 3})["done"] == 3
    assert service.json("GET", f"/api/projects?q={wanted['q']}")["counts"]["all"] == 0


def test_a_repeated_request_with_a_key_gets_the_same_answer(service: Service, projects: list[dict[str, Any]]) -> None:
    body, key = {"action": "run", "ids": [projects[0]["id"]]}, {"Idempotency-Key": uuid4().hex}
    first, again = (service.client.post(BULK, json=body, headers=key) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["done"] == 1
    assert again.content == first.content
    assert service.client.post(BULK, json={**body, "action": "pause"}, headers=key).status_code == 422


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"action": "pause"}, "ids"),
        ({"action": "pause", "ids": []}, "ids"),
        ({"action": "pause", "ids": ["x"]}, "ids[0]"),
        ({"action": "pause", "ids": [str(uuid4())], "filter": {}, "expected": 1}, "ids"),
        ({"action": "pause", "filter": {}}, "expected"),
        ({"action": "pause", "filter": {"status": "odd"}, "expected": 1}, "filter.status"),
        ({"action": "pause", "filter": {"wrong": 1}, "expected": 1}, "filter.wrong"),
        ({"action": "pause", "filter": {}, "expected": -1}, "expected"),
        ({"action": "odd", "ids": [str(uuid4())]}, "action"),
        ({"action": "schedule", "ids": [str(uuid4())]}, "schedule"),
        ({"action": "schedule", "ids": [str(uuid4())], "schedule": {}}, "schedule"),
        ({"action": "pause", "ids": [str(uuid4())], "schedule": {"timezone": "UTC"}}, "schedule"),
        (
            {"action": "schedule", "ids": [str(uuid4())], "schedule": {"cron_expression": "x"}},
            "schedule.cron_expression",
        ),
        ({"action": "schedule", "ids": [str(uuid4())], "schedule": {"timezone": "Mars/X"}}, "schedule.timezone"),
        ({"action": "schedule", "ids": [str(uuid4())], "schedule": {"wrong": 1}}, "schedule.wrong"),
    ],
)
def test_what_makes_no_sense_is_refused_and_its_field_named(service: Service, body: dict[str, Any], field: str) -> None:
    problem = service.json("POST", BULK, body, expect=422)
    assert [error["field"] for error in problem["errors"]] == [field]


def test_more_ids_than_a_page_of_people_can_select_are_refused(service: Service) -> None:
    body = {"action": "pause", "ids": [str(uuid4()) for _ in range(501)]}
    service.json("POST", BULK, body, expect=422)


def test_all_that_is_wrong_is_told_at_once(service: Service) -> None:
    problem = service.json("POST", BULK, {"action": "schedule", "filter": {}}, expect=422)
    assert [error["field"] for error in problem["errors"]] == ["expected", "schedule"]
    wrong = {"cron_expression": "61 * * * *", "timezone": "Nowhere"}
    problem = service.json("POST", BULK, {"action": "schedule", "ids": [str(uuid4())], "schedule": wrong}, expect=422)
    assert [error["field"] for error in problem["errors"]] == ["schedule.timezone", "schedule.cron_expression"]
