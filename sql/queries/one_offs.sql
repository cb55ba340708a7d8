-- name: one_off_insert
-- Notes that a project was made for one llms.txt, and whether it is kept.
INSERT INTO one_offs (project_id, with_full, expires_at)
VALUES (:project_id, :with_full, CASE WHEN NOT :is_kept THEN clock_timestamp() + make_interval(secs => :seconds) END);

-- name: one_off_get
-- One of them.
SELECT with_full, expires_at FROM one_offs WHERE project_id = :project_id;

-- name: one_off_purge
-- Deletes those whose time is over, with all that belongs to them, a few at a time.  One with a schedule or a run that is
-- still active has found another use, or does so when that has ended.
DELETE FROM projects WHERE id IN (
    SELECT o.project_id FROM one_offs o JOIN project_configs c ON c.project_id = o.project_id
    WHERE o.expires_at < clock_timestamp() AND c.cron_expression IS NULL
      AND NOT EXISTS (SELECT FROM runs r WHERE r.project_id = o.project_id AND is_active(r.status))
    ORDER BY o.expires_at LIMIT :limit
);
