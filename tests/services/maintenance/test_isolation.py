from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from llmstxt_sched.errors import Unavailable
from llmstxt_sched.services.maintenance.isolation import alone


async def given() -> int:
    return 7


async def fails() -> int:
    raise KeyError("zone")


async def finds_nobody() -> int:
    raise Unavailable("Postgres does not answer")


async def test_what_fails_is_logged_and_gives_nothing() -> None:
    with capture_logs() as logs:
        assert [await alone(work(), "it failed", project_id="p") for work in (given, fails)] == [7, None]
    assert [(event["event"], event["project_id"]) for event in logs] == [("it failed", "p")]


async def test_a_server_that_is_away_ends_the_loop() -> None:
    with pytest.raises(Unavailable):
        await alone(finds_nobody(), "it failed")
