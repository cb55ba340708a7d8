-- name: ping_get
-- A project's pings, and since when it has a token that may do nothing else; no row before the first of either.
SELECT last_ping_at, last_run_at, due_at, CASE WHEN sha256 IS NOT NULL THEN created_at END AS token_created_at
FROM pings WHERE project_id = :project_id;

-- name: ping_save
-- Stores a project's pings; the caller holds the lock on its schedule.
INSERT INTO pings (project_id, last_ping_at, last_run_at, due_at)
VALUES (:project_id, :last_ping_at, :last_run_at, :due_at)
ON CONFLICT (project_id) DO UPDATE SET
    last_ping_at = excluded.last_ping_at, last_run_at = excluded.last_run_at, due_at = excluded.due_at;

-- name: ping_last_start
-- When the last run of a project that started did so.
SELECT started_at FROM runs WHERE project_id = :project_id AND started_at IS NOT NULL ORDER BY number DESC LIMIT 1;

-- name: ping_due
-- Projects with pings that are due, but those with a run in progress, whose end is waited for; paged by project, so that
-- those that cannot have a run hold up no others.  What is due in more than so many seconds is what a clock that was
-- ahead has left behind.  MATERIALIZED keeps the planner from reading all pings in the order of their projects.
WITH due AS MATERIALIZED (
    SELECT project_id FROM pings
    WHERE (due_at <= (SELECT clock_timestamp()) OR due_at > (SELECT clock_timestamp()) + make_interval(secs => :seconds))
      AND project_id > :after::uuid
)
SELECT project_id FROM due
WHERE NOT EXISTS (SELECT FROM runs r WHERE r.project_id = due.project_id AND r.status = 'IN_PROGRESS')
ORDER BY project_id LIMIT :limit;

-- name: ping_token_set
-- Gives a project a token that may do nothing but ping, in place of the one before.
INSERT INTO pings (project_id, sha256) VALUES (:project_id, :sha256)
ON CONFLICT (project_id) DO UPDATE SET sha256 = excluded.sha256, created_at = excluded.created_at
RETURNING created_at;

-- name: ping_token_unset
-- Takes that token away; no row if there is none.
UPDATE pings SET sha256 = NULL WHERE project_id = :project_id AND sha256 IS NOT NULL RETURNING true;

-- name: ping_token_find
-- The project that a token may ping.
SELECT project_id FROM pings WHERE sha256 = :sha256;
