from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from llmstxt_sched.domain.run import Progress, Trigger
from llmstxt_sched.jobs.job import Job, progress_fields, read_id, read_progress

ID = UUID("0f0e0d0c-0b0a-4908-8706-050403020100")


def test_progress_comes_back_as_it_was_written() -> None:
    progress = Progress(found=9, fetched=4, unchanged=3, failed=1, skipped=1)
    written = {name: str(value) for name, value in progress_fields(progress).items()}
    assert read_progress({**written, "state": "processing"}) == progress


@pytest.mark.parametrize("fields", [{}, {"found": "9"}, {**dict.fromkeys(Progress.__struct_fields__, "x")}])
def test_a_hash_without_our_progress_gives_none(fields: dict[str, str]) -> None:
    assert read_progress(fields) is None


def test_the_time_of_a_job_that_has_none_is_empty() -> None:
    assert Job(ID, ID, Trigger.MANUAL).fields["scheduled_for"] == ""
    scheduled = Job(ID, ID, Trigger.SCHEDULE, datetime(2026, 10, 25, tzinfo=UTC))
    assert scheduled.fields["scheduled_for"] == "2026-10-25T00:00:00+00:00"


@pytest.mark.parametrize("member", ["", "x", str(ID).upper(), ID.hex, f"{{{ID}}}", f"urn:uuid:{ID}", f" {ID}"])
def test_an_id_is_read_only_as_it_is_written(member: str) -> None:
    assert read_id(str(ID)) == ID
    assert read_id(member) is None
