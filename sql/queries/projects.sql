-- name: project_insert
-- A new project; its schedule follows in the same transaction.
INSERT INTO projects (id, name, url, slug, description, is_public, max_pages, max_depth, delay_seconds, include, exclude)
VALUES (
    :id, :name, :url, :slug, :description, :is_public, :max_pages, :max_depth, :delay_seconds, :include, :exclude
);

-- name: project_get
-- One project as the API shows it.
SELECT * FROM project_views WHERE id = :id;

-- name: project_by_slug
-- The public project at an address of its own.
SELECT id FROM projects WHERE slug = :slug AND is_public;

-- name: project_page
-- A page of projects, in one of four orders; the key and the id say where the page before ended.
SELECT * FROM (
    SELECT *, CASE :sort
        WHEN 'name' THEN lower(name)
        WHEN 'next_run_at' THEN coalesce(to_char(next_run_at, 'YYYYMMDDHH24MISSUS'), '~')
        WHEN 'attention' THEN (array_position(
            ARRAY['failed', 'stale', 'running', 'queued', 'new', 'paused', 'fresh'], status
        ))::text || lower(name)
        -- The newest first: counted down from a time that is far off.
        ELSE lpad((4e15::bigint - (extract(epoch FROM created_at) * 1e6)::bigint)::text, 17, '0')
    END COLLATE "C" AS sort_key
    FROM project_views
    WHERE (:status::text IS NULL OR status = :status)
      AND (:schedule::text IS NULL OR schedule_kind = :schedule)
      AND (:q::text IS NULL OR strpos(lower(name || ' ' || url), lower(:q)) > 0)
) found
WHERE :after_key::text IS NULL OR (sort_key, id) > (:after_key COLLATE "C", :after_id::uuid)
ORDER BY sort_key, id LIMIT :limit;

-- name: project_counts
-- How many projects stand how, whatever the filter by status.
SELECT status, count(*) AS count FROM project_views
WHERE (:schedule::text IS NULL OR schedule_kind = :schedule)
  AND (:q::text IS NULL OR strpos(lower(name || ' ' || url), lower(:q)) > 0)
GROUP BY status;

-- name: project_update
-- What an edit changes beside the schedule: `changes` holds only that, the rest stays.  No row: there is no project.
UPDATE projects p SET
    (name, description, is_public, max_pages, max_depth, delay_seconds, include, exclude, updated_at) = (
        SELECT n.name, n.description, n.is_public, n.max_pages, n.max_depth, n.delay_seconds, n.include, n.exclude,
               clock_timestamp()
        FROM jsonb_populate_record(p, :changes) n
    )
WHERE id = :id RETURNING id;

-- name: project_lock
-- First in the order of locks: the project can't go while the transaction lasts.
SELECT true FROM projects WHERE id = :id FOR KEY SHARE;

-- name: project_delete
-- The project and all that is its own; gives its id, or nothing where there was none.
DELETE FROM projects WHERE id = :id RETURNING id;
