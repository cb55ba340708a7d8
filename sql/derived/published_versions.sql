-- The versions that were published, each with its project, the run that made it and the one that made the version before.
DROP VIEW IF EXISTS published_versions;
CREATE VIEW published_versions AS
SELECT
    v.id, v.project_id, p.name AS project_name, p.slug, v.number, v.page_count,
    coalesce(v.accepted_at, v.created_at) AS published_at, r.id AS run_id, r.number AS run_number,
    r.changes AS page_changes, before.run_id AS before_run_id
FROM versions v
JOIN projects p ON p.id = v.project_id
JOIN runs r ON r.id = v.run_id
LEFT JOIN LATERAL (
    SELECT earlier.run_id FROM versions earlier
    WHERE earlier.project_id = v.project_id AND earlier.number BETWEEN 1 AND v.number - 1
    ORDER BY earlier.number DESC LIMIT 1
) before ON true
WHERE v.number > 0;
