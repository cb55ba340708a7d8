-- Runs as lists show them: without their reports, and in brief.
DROP VIEW IF EXISTS run_views;
CREATE VIEW run_views AS
SELECT id, project_id, number, trigger, status, scheduled_for, cron_expression, timezone, not_before, attempt, crashes,
       lease_token, lease_until, coalesced, error_code, error_message, summary, progress, changes, '{}'::jsonb AS report,
       created_at, started_at, finished_at, version_id, held, is_forced, is_suspect
FROM runs;

DROP VIEW IF EXISTS run_briefs;
CREATE VIEW run_briefs AS
SELECT project_id, id, number, status, held, finished_at,
       (progress->>'fetched')::integer + (progress->>'unchanged')::integer AS pages,
       (changes->>'added')::integer + (changes->>'changed')::integer + (changes->>'removed')::integer AS changed,
       extract(epoch FROM finished_at - started_at)::float8 AS seconds
FROM runs;
