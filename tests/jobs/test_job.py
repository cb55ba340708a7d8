from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from llmstxt_sched.domain.run import LiveCrawl, Progress, Trigger
from llmstxt_sched.jobs.job import Job, ShownJob, crawl_fields, read_id, read_job

ID = UUID("0f0e0d0c-0b0a-4908-8706-050403020100")
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
PROGRESS = Progress(found=9, fetched=4, unchanged=3, failed=1, skipped=1)


def written(crawl: LiveCrawl) -> dict[str, str]:
    return {"state": "processing", **{name: str(value) for name, value in crawl_fields(crawl).items()}}


@pytest.mark.parametrize("url", ["https://example.com/a?b=%20", None])
def test_a_crawl_comes_back_as_it_was_written(url: str | None) -> None:
    crawl = LiveCrawl(PROGRESS, NOW, 12.5, url)
    assert read_job(written(crawl)) == ShownJob("processing", crawl)


@pytest.mark.parametrize("fields", [{}, {"found": "9"}, {**dict.fromkeys(Progress.__struct_fields__, "x")}])
def test_a_hash_without_our_progress_tells_of_no_crawl(fields: dict[str, str]) -> None:
    assert read_job(fields) == ShownJob("", None)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"started_at": ""},
        {"started_at": "2026-07-01T12:00:00"},
        {"started_at": "\udcff"},
        {"seconds": "x"},
        {"seconds": "nan"},
        {"seconds": "-1"},
    ],
)
def test_a_hash_that_tells_no_time_still_tells_of_progress(spoilt: dict[str, str]) -> None:
    fields = written(LiveCrawl(PROGRESS, NOW, 12.5)) | spoilt
    assert read_job(fields) == ShownJob("processing", LiveCrawl(PROGRESS))


@pytest.mark.parametrize("url", ["https://example.com/\n", "\udcff", "ü"])
def test_an_address_that_no_crawl_wrote_is_left_out(url: str) -> None:
    fields = written(LiveCrawl(PROGRESS, NOW, 12.5)) | {"url": url}
    assert read_job(fields) == ShownJob("processing", LiveCrawl(PROGRESS, NOW, 12.5))


def test_the_time_of_a_job_that_has_none_is_empty() -> None:
    assert Job(ID, ID, Trigger.MANUAL).fields["scheduled_for"] == ""
    scheduled = Job(ID, ID, Trigger.SCHEDULE, datetime(2026, 10, 25, tzinfo=UTC))
    assert scheduled.fields["scheduled_for"] == "2026-10-25T00:00:00+00:00"


@pytest.mark.parametrize("member", ["", "x", str(ID).upper(), ID.hex, f"{{{ID}}}", f"urn:uuid:{ID}", f" {ID}"])
def test_an_id_is_read_only_as_it_is_written(member: str) -> None:
    assert read_id(str(ID)) == ID
    assert read_id(member) is None
