from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from llmstxt_sched.config import Settings
from llmstxt_sched.domain.credentials import Basic, Credentials
from llmstxt_sched.domain.project import ProjectDetails
from llmstxt_sched.domain.schedule import OnFailure, Schedule, SchedulePatch, ScheduleState
from llmstxt_sched.errors import Faults, InvalidInput
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.services.projects.project_checks import ProjectChecks, check_globs

BLANK = Schedule(
    project_id=uuid4(),
    cron_expression=None,
    timezone="UTC",
    is_enabled=False,
    on_failure=OnFailure.STOP,
    schedule_state=ScheduleState.ACTIVE,
    accounted_until=datetime(2026, 11, 24, tzinfo=UTC),
)


async def test_all_that_is_wrong_with_a_new_project_is_told_at_once() -> None:
    checks = ProjectChecks(Gate(), Settings())
    details = ProjectDetails(
        name="", max_pages=10**9, include=("[a", "/docs/*"), exclude=("[b", "https://elsewhere.example/*"), keep=("!!",)
    )
    wanted = SchedulePatch(cron_expression="61 * * * *", timezone="Nowhere")
    credentials = Credentials(basic=Basic("a:b", "c"))
    with pytest.raises(InvalidInput) as refused:
        await checks.new("https://example.com/", details, wanted, BLANK, credentials, Faults())
    assert [field for field, _ in refused.value.errors] == [
        "crawl.include",
        "crawl.exclude",
        "crawl.exclude",
        "crawl.max_pages",
        "crawl.keep",
        "timezone",
        "cron_expression",
        "credentials.basic.user",
    ]


async def test_a_wrong_address_does_not_hide_a_wrong_schedule() -> None:
    checks = ProjectChecks(Gate(), Settings())
    wanted = SchedulePatch(cron_expression=None, timezone="Nowhere", is_enabled=True)
    with pytest.raises(InvalidInput) as refused:
        await checks.new("ftp://example.com/", ProjectDetails(name=""), wanted, BLANK, None, Faults())
    assert [field for field, _ in refused.value.errors] == ["url", "timezone", "is_enabled"]


def test_each_glob_and_each_selector_that_is_wrong_is_told() -> None:
    with pytest.raises(InvalidInput) as refused:
        check_globs({"include": ("[a", "/a", "[b")}, ["example.com"])
    assert [message[:2] for _, message in refused.value.errors] == ["[a", "[b"]
    with pytest.raises(InvalidInput) as refused:
        ProjectChecks(Gate(), Settings()).options({"keep": ("!!", "main"), "drop": ("a[", "::")})
    assert [field for field, _ in refused.value.errors] == ["crawl.keep", "crawl.drop", "crawl.drop"]
