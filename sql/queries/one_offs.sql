-- name: one_off_insert
-- Notes that a project was made for one llms.txt, and whether it is kept.
INSERT INTO one_offs (project_id, with_full, expires_at)
VALUES (:project_id, :with_full, CASE WHEN NOT :is_kept THEN clock_timestamp() + make_interval(secs => :seconds) END);

-- name: one_off_get
-- One of them.
SELECT with_full, expires_at FROM one_offs WHERE project_id = :project_id;

-- name: one_off_expiring
-- Which of these projects are to be deleted one day.  One with a schedule has found another use.
SELECT o.project_id FROM one_offs o JOIN project_configs c ON c.project_id = o.project_id
WHERE o.project_id = ANY(:ids::uuid[]) AND o.expires_at IS NOT NULL AND c.cron_expression IS NULL;

-- name: one_off_expired
-- The one whose time has been over for longest, except for those in `passed`, those with a schedule, and those with an
-- active run, after which the project may be wanted.
SELECT o.project_id FROM one_offs o JOIN project_configs c ON c.project_id = o.project_id
WHERE o.expires_at < clock_timestamp() AND c.cron_expression IS NULL AND o.project_id <> ALL(:passed::uuid[])
  AND NOT EXISTS (SELECT FROM runs r WHERE r.project_id = o.project_id AND is_active(r.status))
ORDER BY o.expires_at LIMIT 1;

-- name: one_off_lock
-- Locks the project of one, so that nobody gives it a schedule or a run until the caller has deleted it.
SELECT FROM projects WHERE id = :project_id FOR UPDATE;

-- name: one_off_is_expired
-- Whether one is still to be deleted, as of what was committed before the caller got its lock.
SELECT EXISTS (
    SELECT FROM one_offs o JOIN project_configs c ON c.project_id = o.project_id
    WHERE o.project_id = :project_id AND o.expires_at < clock_timestamp() AND c.cron_expression IS NULL
      AND NOT EXISTS (SELECT FROM runs r WHERE r.project_id = o.project_id AND is_active(r.status))
);
