"""Days of daily runs as rows, as runs leave them where each finds one page changed and makes a version."""

from __future__ import annotations

from llmstxt_sched.store.postgres.statements import Connection

# Of each project, as below: its pages, and the bytes of a page's Markdown and of llms.txt, which nothing compresses.
PAGES, MARKDOWN, INDEX = 10, 4000, 1200


async def add(connection: Connection, days: int, days_ago: int) -> None:
    """Add so many days to the history of all projects, of which the last was `days_ago` before the cursor."""
    async with connection.transaction():
        await connection.execute(VIEWS)
        await connection.execute(RUNS, days, days_ago, timeout=600)
        for statement in (TOLD, VERSIONS, CONTENTS, SEEN, STANDING):
            await connection.execute(statement, timeout=600)
        await connection.execute("UPDATE project_configs SET run_count = run_count + $1", days)


# The runs that are not counted yet, and their pages: which one a run finds changed follows from its number.
VIEWS = """
CREATE OR REPLACE TEMP VIEW made AS
SELECT r.id, r.project_id, r.number, r.scheduled_for, r.cron_expression, r.timezone, r.finished_at
FROM runs r JOIN project_configs c USING (project_id) WHERE r.number > c.run_count;
CREATE OR REPLACE TEMP VIEW paged AS
SELECT id, project_id, number, finished_at, page, 'https://docs.example.com/guide/page-' || page AS url,
       repeat(md5(project_id::text || (number - (number + 10 - page) % 10)), 2) AS sha256
FROM made, generate_series(0, 9) page
"""
RUNS = """
INSERT INTO runs (id, project_id, number, trigger, scheduled_for, cron_expression, timezone, status, created_at,
                  started_at, finished_at, summary, host, progress, changes)
SELECT gen_random_uuid(), project_id, n, 'schedule', at, cron_expression, timezone, 'COMPLETE_WITH_DIFFS', at, at, at,
       '10 pages, 1 changed', 'docs.example.com', '{"done": 10, "found": 10}', '{"changed": 1}'
FROM project_configs, generate_series(run_count + 1, run_count + $1::integer) n,
     LATERAL (SELECT accounted_until - ($2::integer + run_count + $1 - n) * interval '1 day' AS at) AS past
"""
TOLD = """
WITH ledger AS (
    INSERT INTO occurrences (project_id, first, last, count, outcome, run_id, cron_expression, timezone)
    SELECT project_id, scheduled_for, scheduled_for, 1, 'RAN', id, cron_expression, timezone FROM made
), events AS (
    INSERT INTO events (kind, project_id, run_id, at, payload)
    SELECT 'run.completed', project_id, id, finished_at, convert_to(repeat('x', 500), 'UTF8') FROM made
)
INSERT INTO changes (run_id, position, scope, kind, url, title)
SELECT id, 0, 'page', 'changed', 'https://docs.example.com/guide/page-' || number % 10, 'A page' FROM made
"""
VERSIONS = """
WITH version AS (
    INSERT INTO versions (id, project_id, run_id, number, sha256, name, summary, page_count, created_at)
    SELECT id, project_id, id, number, id::text, 'Docs', '', 10, finished_at FROM made RETURNING id
)
INSERT INTO version_files (version_id, path, body)
SELECT id, 'llms.txt', convert_to(left(noise, 1200), 'UTF8') FROM version,
     LATERAL (SELECT string_agg(md5(id::text || i), '') AS noise FROM generate_series(0, 1200 / 32) i) AS made_up
"""
CONTENTS = """
WITH listed AS (
    INSERT INTO version_pages (version_id, position, url, path, title, content_sha256)
    SELECT id, page, url, 'guide/page-' || page || '.md', 'A page of the guide', sha256 FROM paged
)
INSERT INTO contents (project_id, sha256, markdown)
SELECT project_id, sha256, left(noise, 4000) FROM (SELECT DISTINCT project_id, sha256 FROM paged) new,
     LATERAL (SELECT string_agg(md5(sha256 || i), '') AS noise FROM generate_series(0, 4000 / 32) i) AS made_up
ON CONFLICT DO NOTHING
"""
SEEN = """
INSERT INTO run_pages (run_id, url, position, depth, outcome, status_code, title, etag, content_sha256, wire_bytes)
SELECT id, url, page, 1, 'ok', 200, 'A page of the guide', left(sha256, 32), sha256, 9000 FROM paged
"""
STANDING = """
INSERT INTO pages (project_id, url, position, depth, outcome, status_code, path, title, etag, content_sha256, content,
                   is_listed, first_seen_at, last_seen_at)
SELECT project_id, url, page, 1, 'ok', 200, 'guide/page-' || page || '.md', 'A page of the guide', left(sha256, 32),
       sha256, jsonb_build_object('extract', left(noise, 400)), true, finished_at, finished_at
FROM (SELECT DISTINCT ON (project_id, url) * FROM paged ORDER BY project_id, url, number DESC) newest,
     LATERAL (SELECT string_agg(md5(sha256 || i), '') AS noise FROM generate_series(0, 12) i) AS made_up
ON CONFLICT (project_id, url) DO UPDATE SET
    content_sha256 = excluded.content_sha256, content = excluded.content, last_seen_at = excluded.last_seen_at
"""
