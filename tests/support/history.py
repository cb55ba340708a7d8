"""Projects with a past, and turns of the retention over them."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from tests.support.engine import Engine

from llmstxt_sched.config import RetentionSettings
from llmstxt_sched.services.maintenance.retention import Retention


async def trimmed(engine: Engine, **settings: int) -> Counter[str]:
    """What a turn over all projects deletes, whenever the last one was."""
    await begin(engine)
    return await Retention(engine.database, RetentionSettings(**settings), engine.metrics).turn()


async def begin(engine: Engine) -> None:
    """Let the next turn be taken at once, from the first project on."""
    await engine.sql("UPDATE retention_walk SET at = '-infinity', after = DEFAULT")


async def past(engine: Engine, project: UUID, days: int, failed: bool = False, well: int = 0) -> None:
    """Runs and due times of so many days until yesterday, one each, each with a page that it saw.

    All ended well, or `failed` but number `well`.
    """
    await engine.sql(
        "WITH made AS (INSERT INTO runs (id, project_id, number, trigger, status, created_at, finished_at) "
        "SELECT gen_random_uuid(), $1, n, 'manual', CASE WHEN $3 AND n <> $4 THEN 'FAILED' "
        "ELSE 'COMPLETE_NO_DIFFS' END, at, at FROM generate_series(1, $2::integer) n, "
        "LATERAL (SELECT now() - ($2 + 1 - n) * interval '1 day') day (at) RETURNING *), seen AS ("
        "INSERT INTO run_pages (run_id, url, position, depth, outcome) SELECT id, 'a', 0, 0, 'ok' FROM made) "
        "INSERT INTO occurrences (project_id, first, last, count, outcome, run_id, cron_expression, timezone) "
        "SELECT $1, created_at, created_at, 1, 'RAN', id, '@daily', 'UTC' FROM made",
        project,
        days,
        failed,
        well,
    )
    await engine.sql("UPDATE project_configs SET run_count = $2 WHERE project_id = $1", project, days)
