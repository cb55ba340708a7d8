-- name: feed_of_project
-- A project's versions that were published after a time, newest first.
SELECT * FROM published_versions
WHERE project_id = :project_id AND published_at > coalesce(:since::timestamptz, '-infinity')
ORDER BY number DESC LIMIT :limit;

-- name: feed_of_all
-- The versions of all projects that were published, newest first.
SELECT * FROM published_versions ORDER BY published_at DESC, id DESC LIMIT :limit;

-- name: feed_changes
-- What the published versions of a project changed, oldest first: after a place in the changes of a run, and since a
-- time.
SELECT v.published_at AS at, v.run_id, v.run_number AS run, v.number AS version, c.position, c.scope, c.kind, c.url,
       c.title, c.before, c.after
FROM (
    SELECT * FROM published_versions
    WHERE project_id = :project_id AND run_number >= :run AND published_at > coalesce(:since::timestamptz, '-infinity')
    ORDER BY number LIMIT :limit
) v
CROSS JOIN LATERAL (
    -- A bound that the index knows: who asks again and again reads nothing of a run that they know.
    SELECT * FROM changes
    WHERE run_id = v.run_id AND position > CASE WHEN v.run_number = :run THEN :position::integer ELSE -1 END
    ORDER BY position LIMIT :limit
) c
ORDER BY v.number, c.position LIMIT :limit;
