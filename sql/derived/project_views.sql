-- A project with its schedule, the ids of its active and last run, and its status: that of its active run, else how it
-- stands without one.  `queries/project_lists.sql` filters and counts by the same rules.
DROP VIEW IF EXISTS project_views;
CREATE VIEW project_views AS
SELECT
    p.*, c.cron_expression, c.timezone, c.is_enabled, c.on_failure, c.schedule_state, c.halted_by, c.halted_reason,
    c.last_run_at, c.next_run_at, c.stale_after,
    active.id AS active_run_id, last.id AS last_run_id, held.run_id AS held_run_id, served.page_count,
    signs_in.names AS credential_names, signs_in.set_at AS credentials_set_at,
    CASE
        WHEN active.status = 'IN_PROGRESS' THEN 'running'
        WHEN active.status = 'RETRYING' THEN 'retrying'
        WHEN active.id IS NOT NULL THEN 'queued'
        WHEN p.resting IN ('fresh', 'new') AND c.is_enabled AND c.stale_after < (SELECT clock_timestamp()) THEN 'stale'
        ELSE p.resting
    END AS status
FROM projects p
JOIN project_configs c ON c.project_id = p.id
LEFT JOIN credentials signs_in ON signs_in.project_id = p.id
-- Looked up for each project: a plan that takes active runs for few would read them all for each page of a list.
LEFT JOIN LATERAL (
    SELECT r.id, r.status FROM runs r WHERE r.project_id = p.id AND is_active(r.status) LIMIT 1
) active ON true
LEFT JOIN held_versions held ON held.project_id = p.id
LEFT JOIN LATERAL (
    SELECT r.id FROM runs r
    WHERE r.project_id = p.id AND r.finished_at IS NOT NULL ORDER BY r.number DESC LIMIT 1
) last ON true
LEFT JOIN LATERAL (
    SELECT v.page_count FROM versions v WHERE v.project_id = p.id AND v.number > 0 ORDER BY v.number DESC LIMIT 1
) served ON true;
