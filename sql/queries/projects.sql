-- name: project_insert
-- Stores a new project; the caller inserts its schedule in the same transaction.
INSERT INTO projects (
    id, name, url, slug, description, is_public, max_pages, max_depth, delay_seconds, include, exclude, keep, drop,
    languages, versions, scope, labels
) VALUES (
    :id, :name, :url, :slug, :description, :is_public, :max_pages, :max_depth, :delay_seconds, :include, :exclude, :keep,
    :drop, :languages, :versions, :scope, :labels
);

-- name: project_get
-- One project with its schedule and status.
SELECT * FROM project_views WHERE id = :id;

-- name: project_shown
-- One project with its active and its last run, and its newest runs in brief, oldest first, all as one JSON: each
-- statement more would take a turn of a busy loop.
SELECT row_to_json(shown) FROM (
    SELECT row_to_json(v) AS project,
        ARRAY(SELECT row_to_json(r) FROM run_views r WHERE r.id IN (v.active_run_id, v.last_run_id)) AS runs,
        ARRAY(
            SELECT row_to_json(r)
            FROM (SELECT * FROM run_briefs WHERE project_id = v.id ORDER BY number DESC LIMIT :recent) r ORDER BY r.number
        ) AS recent
    FROM project_views v WHERE v.id = :id
) shown;

-- name: project_among
-- Several projects by id, with their schedules and statuses; each as JSON, which is read several times as fast as so
-- many columns, and need not be read again where it has not changed.
SELECT row_to_json(v) FROM project_views v WHERE id = ANY(:ids::uuid[]);

-- name: project_lock_url
-- Makes who would create a project of this address wait for who does, until the transaction ends.  A statement of its
-- own, because one sees what was there when it began, not when it was given the lock.
SELECT pg_advisory_xact_lock(hashtextextended(:url, 0));

-- name: project_of_url
-- The oldest project of this address.
SELECT id FROM projects WHERE url = :url ORDER BY created_at LIMIT 1;

-- name: project_names
-- The names of those of these projects that exist.
SELECT id, name FROM projects WHERE id = ANY(:ids::uuid[]);

-- name: project_update
-- Updates a project's details: `changes` holds the edited fields only.  Another scope or start page has another folder,
-- which its next run finds.  Returns no row if the project does not exist.
UPDATE projects p SET
    (
        name, description, is_public, max_pages, max_depth, delay_seconds, include, exclude, keep, drop, languages,
        versions, scope, labels, url, folder, updated_at
    ) = (
        SELECT n.name, n.description, n.is_public, n.max_pages, n.max_depth, n.delay_seconds, n.include, n.exclude,
               n.keep, n.drop, n.languages, n.versions, n.scope, n.labels, n.url,
               CASE WHEN (n.scope, n.url) IS NOT DISTINCT FROM (p.scope, p.url) THEN p.folder END, clock_timestamp()
        FROM jsonb_populate_record(p, :changes) n
    )
WHERE id = :id RETURNING id;

-- name: project_keep_folder
-- Remembers the folder that a run was restricted to, where it is another one than before.  One that was found for
-- another start page or scope than the project has by now says nothing of these.
UPDATE projects SET folder = :folder
WHERE id = :id AND folder IS DISTINCT FROM :folder AND (url, scope) IS NOT DISTINCT FROM (:url::text, :scope::text);

-- name: project_lock
-- Keeps the project from being deleted until the transaction ends; always the first lock to be taken.
SELECT true FROM projects WHERE id = :id FOR KEY SHARE;

-- name: project_delete
-- Deletes the project and, by cascade, everything that belongs to it; no row is returned if it did not exist.
DELETE FROM projects WHERE id = :id RETURNING id;

-- name: project_any
-- Whether there is a project: without one, whoever signs in is asked for their first.
SELECT EXISTS (SELECT FROM projects);
