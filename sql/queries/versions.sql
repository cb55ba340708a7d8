-- name: version_current
-- The project's newest version, which is the one served.
SELECT id, number, sha256, name, summary, created_at FROM versions
WHERE project_id = :project_id ORDER BY number DESC LIMIT 1;

-- name: version_of_run
-- The version that was in force after a run.
SELECT v.id, v.number, v.sha256, v.name, v.summary, v.created_at FROM runs r JOIN versions v ON v.id = r.version_id
WHERE r.id = :run_id;

-- name: version_insert
-- Stores a new version of the documents; no row if the run has already stored one.
INSERT INTO versions (id, project_id, run_id, number, sha256, name, summary, page_count)
SELECT :id, :project_id, :run_id, coalesce(max(number), 0) + 1, :sha256, :name, :summary, :page_count
FROM versions WHERE project_id = :project_id
ON CONFLICT DO NOTHING RETURNING id;

-- name: version_file_insert
-- Stores one index file of a version.
INSERT INTO version_files (version_id, path, body) VALUES (:version_id, :path, :body);

-- name: version_pages_insert
-- Stores the pages of a version, with their positions.
INSERT INTO version_pages (version_id, position, url, path, title, content_sha256)
SELECT :version_id, * FROM unnest(
    :positions::integer[], :urls::text[], :paths::text[], :titles::text[], :sha256s::text[]
);

-- name: version_file
-- One index file of a version.
SELECT body FROM version_files WHERE version_id = :version_id AND path = :path;

-- name: version_page_at
-- One page of a version with its Markdown.
SELECT vp.url, vp.title, vp.content_sha256, c.markdown
FROM version_pages vp JOIN contents c ON c.project_id = :project_id AND c.sha256 = vp.content_sha256
WHERE vp.version_id = :version_id AND vp.path = :path;

-- name: version_texts
-- The pages of a version with their Markdown, a few at a time, for streaming llms-full.txt.
SELECT vp.position, vp.url, vp.title, c.markdown
FROM version_pages vp JOIN contents c ON c.project_id = :project_id AND c.sha256 = vp.content_sha256
WHERE vp.version_id = :version_id AND vp.position > :after ORDER BY vp.position LIMIT :limit;

-- name: version_hashes
-- The content hash of each page of a version, in order.
SELECT url, title, content_sha256 FROM version_pages WHERE version_id = :version_id ORDER BY position;

-- name: version_files
-- All index files of a version, for comparing it with the next one.
SELECT body FROM version_files WHERE version_id = :version_id ORDER BY path;
