-- name: event_insert
-- Writes what happened to a project, in the transaction that makes it true.
INSERT INTO events (kind, project_id, run_id, details)
SELECT e.kind, :project_id, :run_id, e.details FROM jsonb_to_recordset(:events) AS e (kind text, details jsonb);

-- name: event_stale
-- Tells of projects that have become stale, each once for each time after which it is stale, and notes their trouble.
-- What another process has locked is left to the next tick.
WITH stale AS (
    SELECT c.project_id, c.stale_after
    FROM projects p JOIN project_configs c ON c.project_id = p.id
    WHERE c.is_enabled AND c.stale_after < (SELECT clock_timestamp())
      AND c.stale_noted_for IS DISTINCT FROM c.stale_after
    ORDER BY c.stale_after LIMIT :limit
    FOR KEY SHARE OF p SKIP LOCKED
    FOR NO KEY UPDATE OF c SKIP LOCKED
), noted AS (
    UPDATE project_configs c SET
        stale_noted_for = c.stale_after, troubled_since = coalesce(c.troubled_since, clock_timestamp())
    FROM stale WHERE c.project_id = stale.project_id
)
INSERT INTO events (kind, project_id, details)
SELECT 'project.stale', project_id, jsonb_build_object('stale_after', stale_after) FROM stale
RETURNING 1;

-- name: event_page
-- What happened, newest first: to one project or to all, and of one kind.
SELECT e.number, e.id, e.at, e.kind, e.project_id, p.name AS project_name, e.run_id, e.details
FROM events e LEFT JOIN projects p ON p.id = e.project_id
WHERE (:project_id::uuid IS NULL OR e.project_id = :project_id)
  AND (:kind::text IS NULL OR e.kind = :kind)
  AND (:before::bigint IS NULL OR e.number < :before)
ORDER BY e.number DESC LIMIT :limit;
