-- name: version_current
-- The project's newest version that is not held, which is the one served, with the options by which it was made.
SELECT id, number, sha256, name, summary, created_at, options FROM versions
WHERE project_id = :project_id AND number > 0 ORDER BY number DESC LIMIT 1;

-- name: version_of_run
-- The version that was in force after a run, or that it would have put in force, if it is held.
SELECT v.id, v.number, v.sha256, v.name, v.summary, v.created_at FROM runs r JOIN versions v ON v.id = r.version_id
WHERE r.id = :run_id;

-- name: version_insert
-- Stores a new version of the documents, a held one below all others; no row if the run has already stored one.
INSERT INTO versions (id, project_id, run_id, number, sha256, name, summary, page_count, options)
SELECT :id, :project_id, :run_id, CASE WHEN :is_held::boolean THEN -1 ELSE coalesce(max(number), 0) + 1 END, :sha256,
       :name, :summary, :page_count, :options::jsonb
FROM versions WHERE project_id = :project_id
ON CONFLICT DO NOTHING RETURNING id;

-- name: version_file_insert
-- Stores one index file of a version.
INSERT INTO version_files (version_id, path, body) VALUES (:version_id, :path, :body);

-- name: version_pages_insert
-- Stores pages of a version in their order, the first of them at the position `first`.
INSERT INTO version_pages (version_id, position, url, path, title, content_sha256)
SELECT :version_id, :first::integer + number - 1, url, path, title, content_sha256
FROM ROWS FROM (
    json_to_recordset(:rows::json) AS (url text, path text, title text, content_sha256 text)
) WITH ORDINALITY AS r (url, path, title, content_sha256, number);

-- name: version_file
-- One index file of a version.
SELECT body FROM version_files WHERE version_id = :version_id AND path = :path;

-- name: version_page_at
-- One page of a version with its Markdown.
SELECT vp.url, vp.title, vp.content_sha256, c.markdown
FROM version_pages vp JOIN contents c ON c.project_id = :project_id AND c.sha256 = vp.content_sha256
WHERE vp.version_id = :version_id AND vp.path = :path;

-- name: version_texts
-- The pages of a version with their Markdown, a few at a time, for streaming llms-full.txt or an archive.
SELECT vp.position, vp.url, vp.path, vp.title, c.markdown
FROM version_pages vp JOIN contents c ON c.project_id = :project_id AND c.sha256 = vp.content_sha256
WHERE vp.version_id = :version_id AND vp.position > :after ORDER BY vp.position LIMIT :limit;

-- name: version_is_kept
-- Whether a version is still there, and with it all of its pages.
SELECT EXISTS (SELECT FROM versions WHERE id = :version_id);

-- name: version_full_bytes
-- How many bytes llms-full.txt has, or a few more; Postgres knows how long each text is without reading it.
SELECT coalesce(sum(octet_length(c.markdown) + octet_length(vp.title) + octet_length(vp.url) + 100), 0)
FROM version_pages vp JOIN contents c ON c.project_id = :project_id AND c.sha256 = vp.content_sha256
WHERE vp.version_id = :version_id;

-- name: version_hashes
-- The content hash of each page of a version, in order.
SELECT url, title, content_sha256 FROM version_pages WHERE version_id = :version_id ORDER BY position;

-- name: version_files
-- All index files of a version, for comparing it with the next one, and for an archive.
SELECT path, body FROM version_files WHERE version_id = :version_id ORDER BY path;

-- name: version_in_force
-- The version that is in force after a run of a project, also after one that made none: the newest made until then.
-- After a run whose version is held it is that one, which it would put in force.
SELECT r.id AS run_id, r.number AS run_number, r.finished_at, v.id, v.number, v.sha256, v.name, v.summary, v.created_at,
       v.run_id = r.id AS is_new
FROM runs r JOIN versions v ON v.project_id = r.project_id JOIN runs made ON made.id = v.run_id
WHERE r.id = :run_id AND r.project_id = :project_id AND made.number <= r.number AND (v.number > 0 OR made.id = r.id)
ORDER BY made.id = r.id DESC, v.number DESC LIMIT 1;

-- name: version_numbered
-- The version of this number, or if it is no longer kept the one before it, with the run that made it.
SELECT r.id AS run_id, r.number AS run_number, r.finished_at, v.id, v.number, v.sha256, v.name, v.summary, v.created_at,
       true AS is_new
FROM versions v JOIN runs r ON r.id = v.run_id
WHERE v.project_id = :project_id AND v.number BETWEEN 1 AND :number ORDER BY v.number DESC LIMIT 1;

-- name: version_page
-- The runs of a project that left a version in force, newest first, each with that version; a held one is not in force.
SELECT r.id AS run_id, r.number AS run_number, r.finished_at, v.id, v.number, v.sha256, v.name, v.summary, v.created_at,
       v.run_id = r.id AS is_new
FROM runs r JOIN versions v ON v.id = r.version_id
WHERE r.project_id = :project_id AND v.number > 0 AND (:before::integer IS NULL OR r.number < :before)
ORDER BY r.number DESC LIMIT :limit;

-- name: version_page_changes
-- The pages that two versions do not have in common, at most so many of each kind, beside the number of all.
WITH differing AS (
    SELECT url, coalesce(a.path, b.path) AS path, coalesce(a.title, b.title) AS title,
           CASE WHEN b.path IS NULL THEN 'added' WHEN a.path IS NULL THEN 'removed' ELSE 'changed' END AS kind
    FROM (SELECT url, path, title, content_sha256 FROM version_pages WHERE version_id = :before::uuid) b
    FULL JOIN (SELECT url, path, title, content_sha256 FROM version_pages WHERE version_id = :after::uuid) a USING (url)
    WHERE b.content_sha256 IS DISTINCT FROM a.content_sha256
), numbered AS (
    SELECT *, count(*) OVER (PARTITION BY kind) AS total,
           row_number() OVER (PARTITION BY kind ORDER BY url COLLATE "C") AS place
    FROM differing
)
SELECT url, path, title, kind, total FROM numbered WHERE place <= :limit ORDER BY kind, place;

-- name: version_file_changes
-- The index files that two versions do not have in common; without their contents if those are too much to compare.
WITH differing AS (
    SELECT path, b.body AS before, a.body AS after
    FROM (SELECT path, body FROM version_files WHERE version_id = :before::uuid) b
    FULL JOIN (SELECT path, body FROM version_files WHERE version_id = :after::uuid) a USING (path)
    WHERE b.body IS DISTINCT FROM a.body
), measured AS (
    SELECT *, coalesce(sum(octet_length(before)) OVER (), 0) + coalesce(sum(octet_length(after)) OVER (), 0) AS bytes
    FROM differing
)
SELECT path, CASE WHEN before IS NULL THEN 'added' WHEN after IS NULL THEN 'removed' ELSE 'changed' END AS kind,
       CASE WHEN bytes <= :max_bytes THEN before END AS before,
       CASE WHEN bytes <= :max_bytes THEN after END AS after,
       bytes > :max_bytes AS is_too_large
FROM measured ORDER BY path COLLATE "C";

-- name: version_with_file
-- The newest version of a project in which a file has exactly this content.
SELECT v.number FROM versions v JOIN version_files f ON f.version_id = v.id
WHERE v.project_id = :project_id AND v.number > 0 AND f.path = :path AND f.body = :body ORDER BY v.number DESC LIMIT 1;
