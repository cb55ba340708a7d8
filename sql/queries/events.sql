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
-- What happened, newest first: to one project or to all, and of one kind.  Those that wait to be handed to their
-- targets are few, and are in no index by project.
SELECT e.number, e.id, e.at, e.kind, e.project_id, p.name AS project_name, e.run_id, e.details
FROM (
    (
        SELECT * FROM events
        WHERE payload IS NOT NULL
          AND (:project_id::uuid IS NULL OR project_id = :project_id)
          AND (:kind::text IS NULL OR kind = :kind)
          AND (:before::bigint IS NULL OR number < :before)
        ORDER BY number DESC LIMIT :limit
    ) UNION ALL (
        SELECT * FROM events
        WHERE payload IS NULL
          AND (:project_id::uuid IS NULL OR project_id = :project_id)
          AND (:kind::text IS NULL OR kind = :kind)
          AND (:before::bigint IS NULL OR number < :before)
        ORDER BY number DESC LIMIT :limit
    )
) e LEFT JOIN projects p ON p.id = e.project_id
ORDER BY e.number DESC LIMIT :limit;

-- name: event_is_waiting
-- Whether an event waits to be handed to its targets.
SELECT EXISTS (SELECT FROM events WHERE payload IS NULL);

-- name: event_route_turn
-- Whether this transaction is the only one that hands events to targets: with two, later events could overtake.
SELECT pg_try_advisory_xact_lock(hashtextextended('events', 0));

-- name: event_waiting
-- The oldest events that wait to be handed to their targets.
SELECT number, id, at, kind, project_id, run_id, details FROM events
WHERE payload IS NULL ORDER BY number LIMIT :limit;

-- name: event_projects_keep
-- Keeps projects from being deleted while their events are handed to targets.  Taken before the lock of any target, in
-- the order of whoever deletes a project.
SELECT id FROM projects WHERE id = ANY(:ids::uuid[]) ORDER BY id FOR KEY SHARE;

-- name: event_projects
-- What is told of projects, but those that were made for one llms.txt and are deleted after a while.
SELECT p.id, p.name, p.url
FROM projects p JOIN project_configs c ON c.project_id = p.id LEFT JOIN one_offs o ON o.project_id = p.id
WHERE p.id = ANY(:ids::uuid[]) AND (o.expires_at IS NULL OR c.cron_expression IS NOT NULL);

-- name: event_entries
-- The first changes of entries that runs made, and how many there are; LATERAL reads no more than these of each run.
SELECT c.run_id, c.position, c.kind, c.url, c.title, c.before, c.after, counted.total
FROM unnest(:ids::uuid[]) AS asked (id)
CROSS JOIN LATERAL (SELECT count(*) AS total FROM changes WHERE run_id = asked.id AND scope = 'entry') counted
CROSS JOIN LATERAL (
    SELECT * FROM changes WHERE run_id = asked.id AND scope = 'entry' ORDER BY position LIMIT :limit
) c
ORDER BY c.run_id, c.position;

-- name: event_runs_before
-- For each run that made a version, the run that made the one before it.
SELECT v.run_id, before.run_id AS before_run_id
FROM versions v CROSS JOIN LATERAL (
    SELECT b.run_id FROM versions b
    WHERE b.project_id = v.project_id AND b.number > 0 AND b.number < v.number ORDER BY b.number DESC LIMIT 1
) before
WHERE v.run_id = ANY(:ids::uuid[]);

-- name: event_route
-- Keeps the bodies of events as they are sent, empty for those that nobody is told of, and makes the deliveries.  A
-- target that is gone or disabled meanwhile is told nothing: FOR SHARE waits for who is changing it.
WITH made AS (
    UPDATE events e SET payload = m.payload
    FROM unnest(:numbers::bigint[], :payloads::bytea[]) AS m (number, payload) WHERE e.number = m.number
)
INSERT INTO deliveries (id, target_id, number, event_number, project_id, status)
SELECT gen_random_uuid(), t.id, told.number, told.number,
       (SELECT project_id FROM events WHERE number = told.number), 'PENDING'
FROM unnest(:targets::uuid[], :told::bigint[]) AS told (target_id, number) JOIN targets t ON t.id = told.target_id
WHERE t.is_enabled
ORDER BY t.id, told.number
FOR SHARE OF t
ON CONFLICT DO NOTHING;
