-- name: publication_get
-- What is published under a slug: the newest version of a public project that is not held.
SELECT p.id AS project_id, v.id AS version_id, v.sha256, v.name
FROM projects p JOIN versions v ON v.project_id = p.id AND v.number > 0
WHERE p.slug = :slug AND p.is_public ORDER BY v.number DESC LIMIT 1;

-- name: publication_project
-- The public project of this slug.
SELECT id, name, slug, created_at, public_since FROM projects WHERE slug = :slug AND is_public;

-- name: publication_standing
-- How the documents of a public project stand, whether or not a run is under way, and when a run last found them true:
-- one whose version was held did not.  Where all of the newest hundred failed, it is when one last ended well.
SELECT CASE WHEN recent.ended = 0 THEN c.last_run_at ELSE recent.found_at END AS checked_at, clock_timestamp() AS now,
       CASE
           WHEN p.resting IN ('fresh', 'new') AND c.is_enabled AND c.stale_after < (SELECT clock_timestamp()) THEN 'stale'
           ELSE p.resting
       END AS status
FROM projects p
JOIN project_configs c ON c.project_id = p.id
CROSS JOIN LATERAL (
    SELECT count(*) AS ended, max(finished_at) FILTER (WHERE held IS NULL OR held = 'accepted') AS found_at
    FROM (SELECT * FROM runs WHERE project_id = p.id ORDER BY number DESC LIMIT 100) r
    WHERE status IN ('COMPLETE_NO_DIFFS', 'COMPLETE_WITH_DIFFS')
) recent
WHERE p.slug = :slug AND p.is_public;

-- name: publication_changes
-- The slugs of what has changed by transactions that had not ended at an earlier look, and the horizon for the next
-- one: the oldest transaction that has not ended now.  Numbers from the future come with a database from another
-- server.
SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon, ARRAY(
    SELECT slug FROM published_changes
    WHERE xid >= (:since::text)::xid8 AND xid < pg_snapshot_xmax(pg_current_snapshot())
) AS slugs;

-- name: publication_changes_purge
-- Forgets changes that every process has seen, or has been silent for so long that it looks at everything anew.
DELETE FROM published_changes WHERE at < (SELECT clock_timestamp()) - interval '1 hour';
