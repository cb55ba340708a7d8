-- name: project_keys_by_age
-- The newest projects: their ids and keys.  Of one status (`resting`: one that no active run makes, nor time alone), of
-- one kind of schedule, with a text in name or address, a label, or a schedule that is halted or not; those after the
-- key and id of the page before.  Conditions on null are folded away when Postgres plans, which it does each time.  A
-- key sorts as text: this one is the microseconds left until a far future time, which get fewer as `created_at` gets
-- later.
SELECT p.id, lpad((4e15::bigint - (extract(epoch FROM p.created_at) * 1e6)::bigint)::text, 17, '0') AS sort_key
FROM projects p
WHERE (:resting::text IS NULL OR (
    p.resting = :resting
    AND NOT EXISTS (SELECT FROM runs r WHERE r.project_id = p.id AND is_active(r.status))
    AND (:resting NOT IN ('fresh', 'new') OR NOT EXISTS (
        SELECT FROM project_configs c
        WHERE c.project_id = p.id AND c.is_enabled AND c.stale_after < statement_timestamp()
    ))
))
  AND (:schedule::text IS NULL OR p.schedule_kind = :schedule)
  AND (:q::text IS NULL OR strpos(lower(p.name || ' ' || p.url), lower(:q)) > 0)
  AND (:label::text IS NULL OR p.labels @> ARRAY[:label::text])
  AND (:schedule_state::text IS NULL OR EXISTS (
      SELECT FROM project_configs s WHERE s.project_id = p.id AND s.schedule_state = :schedule_state
  ))
  AND (:after_key::text IS NULL OR (
    p.created_at <= 'epoch'::timestamptz + (4e15::bigint - :after_key::bigint) * interval '1 microsecond'
    AND (p.created_at < 'epoch'::timestamptz + (4e15::bigint - :after_key::bigint) * interval '1 microsecond'
         OR p.id > :after_id::uuid)
))
ORDER BY p.created_at DESC, p.id LIMIT :limit;

-- name: project_keys_by_name
-- The same by name.
SELECT p.id, lower(p.name) AS sort_key
FROM projects p
WHERE (:resting::text IS NULL OR (
    p.resting = :resting
    AND NOT EXISTS (SELECT FROM runs r WHERE r.project_id = p.id AND is_active(r.status))
    AND (:resting NOT IN ('fresh', 'new') OR NOT EXISTS (
        SELECT FROM project_configs c
        WHERE c.project_id = p.id AND c.is_enabled AND c.stale_after < statement_timestamp()
    ))
))
  AND (:schedule::text IS NULL OR p.schedule_kind = :schedule)
  AND (:q::text IS NULL OR strpos(lower(p.name || ' ' || p.url), lower(:q)) > 0)
  AND (:label::text IS NULL OR p.labels @> ARRAY[:label::text])
  AND (:schedule_state::text IS NULL OR EXISTS (
      SELECT FROM project_configs s WHERE s.project_id = p.id AND s.schedule_state = :schedule_state
  ))
  AND (:after_key::text IS NULL OR (lower(p.name) COLLATE "C", p.id) > (:after_key COLLATE "C", :after_id::uuid))
ORDER BY lower(p.name) COLLATE "C", p.id LIMIT :limit;

-- name: project_keys_by_due
-- The same by the time at which the next run is due, of projects that have one.
SELECT p.id, to_char(c.next_due_at, 'YYYYMMDDHH24MISSUS') AS sort_key
FROM project_configs c JOIN projects p ON p.id = c.project_id
WHERE c.next_due_at IS NOT NULL
  AND (:resting::text IS NULL OR (
    p.resting = :resting
    AND NOT EXISTS (SELECT FROM runs r WHERE r.project_id = p.id AND is_active(r.status))
    AND (:resting NOT IN ('fresh', 'new') OR c.stale_after IS NULL OR c.stale_after >= statement_timestamp())
))
  AND (:schedule::text IS NULL OR p.schedule_kind = :schedule)
  AND (:q::text IS NULL OR strpos(lower(p.name || ' ' || p.url), lower(:q)) > 0)
  AND (:label::text IS NULL OR p.labels @> ARRAY[:label::text])
  AND (:schedule_state::text IS NULL OR EXISTS (
      SELECT FROM project_configs s WHERE s.project_id = p.id AND s.schedule_state = :schedule_state
  ))
  AND (:after_key::text IS NULL
       OR (c.next_due_at, c.project_id) > (to_timestamp(:after_key, 'YYYYMMDDHH24MISSUS'), :after_id::uuid))
ORDER BY c.next_due_at, c.project_id LIMIT :limit;

-- name: project_keys_without_due
-- Those that have no next run, which come after all that have one.
SELECT p.id, '~' AS sort_key
FROM project_configs c JOIN projects p ON p.id = c.project_id
WHERE c.next_due_at IS NULL
  AND (:resting::text IS NULL OR (
    p.resting = :resting
    AND NOT EXISTS (SELECT FROM runs r WHERE r.project_id = p.id AND is_active(r.status))
    AND (:resting NOT IN ('fresh', 'new') OR NOT c.is_enabled OR c.stale_after IS NULL
         OR c.stale_after >= statement_timestamp())
))
  AND (:schedule::text IS NULL OR p.schedule_kind = :schedule)
  AND (:q::text IS NULL OR strpos(lower(p.name || ' ' || p.url), lower(:q)) > 0)
  AND (:label::text IS NULL OR p.labels @> ARRAY[:label::text])
  AND (:schedule_state::text IS NULL OR EXISTS (
      SELECT FROM project_configs s WHERE s.project_id = p.id AND s.schedule_state = :schedule_state
  ))
  AND (:after_id::uuid IS NULL OR c.project_id > :after_id::uuid)
ORDER BY c.project_id LIMIT :limit;

-- name: project_keys_passing
-- The same in any order, of a status that passes: one that an active run makes, or that comes by time.  There are few
-- of these but while very many runs are due at once, so they are sorted.
SELECT found.id, found.sort_key FROM (
    SELECT p.id, CASE :sort
        WHEN 'name' THEN lower(p.name)
        WHEN 'next_run_at' THEN coalesce(to_char(c.next_due_at, 'YYYYMMDDHH24MISSUS'), '~')
        ELSE lpad((4e15::bigint - (extract(epoch FROM p.created_at) * 1e6)::bigint)::text, 17, '0')
    END COLLATE "C" AS sort_key
    FROM (
        SELECT r.project_id AS id FROM runs r WHERE is_active(r.status) AND r.status = :run_status
        UNION ALL
        SELECT c.project_id FROM project_configs c JOIN projects p ON p.id = c.project_id
        WHERE :run_status::text IS NULL AND c.is_enabled AND c.stale_after < statement_timestamp()
          AND p.resting IN ('fresh', 'new')
          AND NOT EXISTS (SELECT FROM runs r WHERE r.project_id = c.project_id AND is_active(r.status))
    ) passing
    JOIN projects p ON p.id = passing.id JOIN project_configs c ON c.project_id = passing.id
    WHERE (:schedule::text IS NULL OR p.schedule_kind = :schedule)
      AND (:q::text IS NULL OR strpos(lower(p.name || ' ' || p.url), lower(:q)) > 0)
      AND (:label::text IS NULL OR p.labels @> ARRAY[:label::text])
      AND (:schedule_state::text IS NULL OR EXISTS (
          SELECT FROM project_configs s WHERE s.project_id = p.id AND s.schedule_state = :schedule_state
      ))
) found
WHERE :after_key::text IS NULL OR (found.sort_key, found.id) > (:after_key COLLATE "C", :after_id::uuid)
ORDER BY found.sort_key, found.id LIMIT :limit;

-- name: project_counts
-- The number of projects by status, under the same filters as the list except the one by status.
SELECT status, count(*) AS count FROM (
    SELECT CASE
        WHEN active.status = 'IN_PROGRESS' THEN 'running'
        WHEN active.status = 'RETRYING' THEN 'retrying'
        WHEN active.status IS NOT NULL THEN 'queued'
        WHEN stale.project_id IS NOT NULL AND p.resting IN ('fresh', 'new') THEN 'stale'
        ELSE p.resting
    END AS status
    FROM projects p
    LEFT JOIN (SELECT project_id, status FROM runs WHERE is_active(status)) active ON active.project_id = p.id
    LEFT JOIN (
        SELECT project_id FROM project_configs WHERE is_enabled AND stale_after < statement_timestamp()
    ) stale ON stale.project_id = p.id
    WHERE (:schedule::text IS NULL OR p.schedule_kind = :schedule)
      AND (:q::text IS NULL OR strpos(lower(p.name || ' ' || p.url), lower(:q)) > 0)
      AND (:label::text IS NULL OR p.labels @> ARRAY[:label::text])
      AND (:schedule_state::text IS NULL OR EXISTS (
          SELECT FROM project_configs s WHERE s.project_id = p.id AND s.schedule_state = :schedule_state
      ))
) standing
GROUP BY status;

-- name: project_more_than
-- Whether there are more than so many projects: then they are not counted for each request.
SELECT EXISTS (SELECT FROM projects OFFSET :number);
