from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.support.service import Service

from llmstxt_sched.api.requests.paging import PagedList
from llmstxt_sched.domain.run import RunStatus
from llmstxt_sched.errors import InvalidInput
from llmstxt_sched.store.runs import RunFilter

RunPlace = tuple[datetime, UUID]
PLACE = (datetime(2026, 11, 24, 2, tzinfo=UTC), uuid4())


def _runs(*of: object) -> PagedList[RunPlace]:
    return PagedList(tuple[datetime, UUID], *of)


def test_a_cursor_leads_back_to_its_place() -> None:
    of_failed = ("runs", RunFilter(RunStatus.FAILED))
    assert _runs(*of_failed).read(_runs(*of_failed).write(PLACE)) == PLACE
    assert _runs(*of_failed).read(None) is None


@pytest.mark.parametrize(
    ("of", "sent_to"),
    [
        (("runs", RunFilter()), ("deliveries", RunFilter())),
        (("runs", RunFilter()), ("runs", RunFilter(RunStatus.FAILED))),
        (("runs", RunFilter(project_id=uuid4())), ("runs", RunFilter(project_id=uuid4()))),
    ],
)
def test_a_cursor_of_another_list_or_other_filters_is_refused(
    of: tuple[object, ...], sent_to: tuple[object, ...]
) -> None:
    with pytest.raises(InvalidInput, match="is not a next_cursor of this list with these filters: begin without one"):
        _runs(*sent_to).read(_runs(*of).write(PLACE))


@pytest.mark.parametrize("cursor", ["", "x", "WzFd", "%", "\u00e9", "A" * 10_000])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidInput):
        _runs("runs").read(cursor)


def test_each_list_refuses_the_cursors_of_the_others(service: Service) -> None:
    made = [_two_runs(service) for _ in range(2)]
    lists = [
        "projects?",
        "projects?sort=name&",
        "runs?",
        "runs?since=2026-01-01T00:00:00Z&",
        *(f"runs?project={project['id']}&" for project in made),
        *(f"projects/{project['id']}/runs?" for project in made),
        "audit?",
        "audit?action=project.create&",
        "scheduler/jobs?",
    ]
    cursors = {path: service.json("GET", f"/api/{path}limit=1")["next_cursor"] for path in lists}
    taken = {
        (of, path)
        for of, cursor in cursors.items()
        for path in lists
        if service.client.get(f"/api/{path}cursor={cursor}").status_code == 200
    }
    assert taken == {(path, path) for path in lists}


def _two_runs(service: Service) -> dict[str, Any]:
    body = {"url": "http://127.0.0.1:9/", "cron_expression": "0 2 * * *"}
    project: dict[str, Any] = service.json("POST", "/api/projects", body, expect=201)
    service.json("POST", f"/api/runs/{project['active_run']['id']}/cancel", expect=202)
    service.json("POST", f"/api/projects/{project['id']}/runs", expect=202)
    return project
