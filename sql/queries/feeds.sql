-- name: feed_of_project
-- A project's versions that were published, newest first.
SELECT * FROM published_versions WHERE project_id = :project_id ORDER BY number DESC LIMIT :limit;

-- name: feed_of_all
-- The versions of all projects that were published, newest first.
SELECT * FROM published_versions ORDER BY published_at DESC, id DESC LIMIT :limit;
