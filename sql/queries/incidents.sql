-- name: incident_lock
-- Locks incidents before they change, in one order for all who do: a mail that tells one may be under way.
SELECT i.target_id FROM incidents i
JOIN unnest(:targets::uuid[], :projects::uuid[]) AS w (target_id, project_id) USING (target_id, project_id)
ORDER BY i.target_id, i.project_id FOR NO KEY UPDATE OF i;

-- name: incident_untold_since
-- Notes since when something is to be told, before incidents are locked: whoever writes a mail locks in this order.
UPDATE targets t SET untold_since = least(t.untold_since, w.since)
FROM (
    SELECT target_id, min(at) AS since
    FROM unnest(:targets::uuid[], :times::timestamptz[]) AS u (target_id, at) GROUP BY target_id
) w
WHERE t.id = w.target_id;

-- name: incident_open
-- Begins incidents, as long as their projects are there.  One whose end was not told yet continues: its
-- reader knows of no end.
WITH here AS MATERIALIZED (
    SELECT id FROM projects WHERE id = ANY(:projects::uuid[]) ORDER BY id FOR KEY SHARE
)
INSERT INTO incidents (target_id, project_id, opened_by, opened_at)
SELECT t.id, here.id, o.number, o.at
FROM unnest(:targets::uuid[], :projects::uuid[], :numbers::bigint[], :times::timestamptz[])
    AS o (target_id, project_id, number, at)
JOIN targets t ON t.id = o.target_id JOIN here ON here.id = o.project_id
ORDER BY t.id, here.id
ON CONFLICT (target_id, project_id) DO UPDATE SET closed_by = NULL, closed_at = NULL
WHERE incidents.closed_at IS NOT NULL;

-- name: incident_close
-- Ends incidents.  One that was not told by then is never told.
WITH over AS (
    SELECT * FROM unnest(:targets::uuid[], :projects::uuid[], :numbers::bigint[], :times::timestamptz[])
        AS o (target_id, project_id, number, at)
), untold AS (
    DELETE FROM incidents i USING over o
    WHERE i.target_id = o.target_id AND i.project_id = o.project_id AND i.told_by IS NULL
)
UPDATE incidents i SET closed_by = o.number, closed_at = o.at FROM over o
WHERE i.target_id = o.target_id AND i.project_id = o.project_id AND i.told_by IS NOT NULL AND i.closed_at IS NULL;

-- name: incident_waiting
-- The targets that something about incidents may be told to, and since when.
SELECT id, project_id, shown_address, options, only_changes, last_mail_at, untold_since AS since, clock_timestamp() AS now
FROM targets WHERE untold_since IS NOT NULL AND is_enabled AND confirmed_at IS NOT NULL;

-- name: incident_untold
-- What is to be told of incidents, oldest first, locked until it is told.
SELECT i.project_id, p.name, i.opened_by, i.opened_at, i.told_by, i.closed_by, i.closed_at
FROM incidents i JOIN projects p ON p.id = i.project_id
WHERE i.target_id = :target_id AND (i.told_by IS NULL OR i.closed_at IS NOT NULL)
ORDER BY i.target_id, i.project_id FOR NO KEY UPDATE OF i;

-- name: incident_troubles
-- The last event of each kind of trouble since the incidents of these projects began, as it was told.
SELECT DISTINCT ON (e.project_id, e.kind) e.number, e.project_id, e.kind, e.at, e.payload
FROM incidents i JOIN events e ON e.project_id = i.project_id AND e.number >= i.opened_by AND e.payload IS NOT NULL
WHERE i.target_id = :target_id AND i.project_id = ANY(:projects::uuid[]) AND e.kind = ANY(:kinds::text[])
ORDER BY e.project_id, e.kind, e.number DESC;

-- name: incident_told
-- Notes that a mail tells of these incidents, and that a mail was written.
WITH told AS (
    UPDATE incidents SET told_by = :told_by WHERE target_id = :target_id AND project_id = ANY(:opened::uuid[])
), over AS (
    DELETE FROM incidents WHERE target_id = :target_id AND project_id = ANY(:closed::uuid[])
)
UPDATE targets SET last_mail_at = clock_timestamp(), untold_since = NULL WHERE id = :target_id;

-- name: incident_still_untold
-- Notes since when something is to be told, where it is less than was noted; NULL if nothing is.
UPDATE targets SET untold_since = :since WHERE id = :target_id;
