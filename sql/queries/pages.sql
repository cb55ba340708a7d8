-- name: page_recall
-- What earlier runs stored for an address and those after it in their order, as far as the same version of the
-- extractor produced it: a few pages, and only as long as their contents, as stored, are below so many bytes.
SELECT url, etag, last_modified, content, content_sha256, wire_bytes
FROM (
    SELECT *, sum(pg_column_size(content)) OVER (ORDER BY position, url) AS bytes
    FROM recalled_pages(:project_id, :url, :extractor_version, :limit)
) AS measured
WHERE bytes <= :bytes OR url = :url ORDER BY position, url;

-- name: pages_are_stored
-- Whether earlier runs stored any page of a project.
SELECT EXISTS (SELECT FROM pages WHERE project_id = :project_id);

-- name: content_text
-- The Markdown of a page, by its hash.
SELECT markdown FROM contents WHERE project_id = :project_id AND sha256 = :sha256;

-- name: content_keep
-- Stores Markdown by its hash; existing rows are left alone, since the same hash means the same text.
INSERT INTO contents (project_id, sha256, markdown)
SELECT :project_id, * FROM unnest(:sha256s::text[], :markdowns::text[]) ON CONFLICT DO NOTHING;

-- name: content_beginnings
-- The first so many characters of Markdown by its hashes.
SELECT sha256, left(markdown, :characters) AS beginning FROM contents
WHERE project_id = :project_id AND sha256 = ANY(:sha256s::text[]);

-- name: content_sweep
-- Deletes Markdown that neither a version nor a page refers to.
DELETE FROM contents c
WHERE c.project_id = :project_id
  AND NOT EXISTS (SELECT FROM pages p WHERE p.project_id = c.project_id AND p.content_sha256 = c.sha256)
  AND NOT EXISTS (
    SELECT FROM version_pages vp JOIN versions v ON v.id = vp.version_id
    WHERE v.project_id = c.project_id AND vp.content_sha256 = c.sha256
  );

-- name: page_hold
-- Whether this lease still holds the run; the row lock keeps that true until the transaction ends.
SELECT true FROM runs WHERE id = :run_id AND lease_token = :token AND status = 'IN_PROGRESS' FOR SHARE;

-- name: page_stage
-- Stages what the run saw at one address, replacing what an earlier visit staged.
INSERT INTO run_pages (
    run_id, url, position, depth, outcome, status_code, note, title, etag, last_modified, content_sha256, content,
    wire_bytes
) VALUES (
    :run_id, :url, :position, :depth, :outcome, :status_code, :note, :title, :etag, :last_modified, :content_sha256,
    :content, :wire_bytes
)
ON CONFLICT (run_id, url) DO UPDATE SET
    position = excluded.position, depth = excluded.depth, outcome = excluded.outcome,
    status_code = excluded.status_code, note = excluded.note, title = excluded.title, etag = excluded.etag,
    last_modified = excluded.last_modified, content_sha256 = excluded.content_sha256, content = excluded.content,
    wire_bytes = excluded.wire_bytes;

-- name: page_staged
-- The staged pages of a run, in crawl order; what was not read anew is null, also where `page_known` tells it.
-- The fields of a page's content are taken out at once, since it is unpacked for each time that it is looked into.
SELECT rp.url, rp.position, rp.outcome, rp.status_code, rp.content_sha256,
       c.extract, c.language, c.translations, c.injection, c.dropped, c.unjudged
FROM run_pages rp
LEFT JOIN LATERAL jsonb_to_record(rp.content) AS c (
    extract jsonb, language text, translations jsonb, injection text, dropped jsonb, unjudged text
) ON true
WHERE rp.run_id = :run_id ORDER BY rp.position, rp.url;

-- name: page_known
-- The project's pages as earlier runs left them, in crawl order; which of them the last run read, or one of so many
-- days.
SELECT p.url, p.position, p.path, p.is_listed, p.absences, p.content_sha256, p.depth, p.extractor_version,
       coalesce(p.is_seen OR p.last_seen_at > now() - make_interval(days => :lately_days), false) AS was_read_lately,
       c.extract, c.language, c.translations, c.injection, c.dropped, c.unjudged
FROM pages p
LEFT JOIN LATERAL jsonb_to_record(p.content) AS c (
    extract jsonb, language text, translations jsonb, injection text, dropped jsonb, unjudged text
) ON true
WHERE p.project_id = :project_id ORDER BY p.position, p.url;

-- name: page_listed
-- The pages in the documents, in the order in which a run asks again for those that it does not come across; which of
-- them the last run read, or one of so many days; and which a sitemap may list, as far as all sitemaps could be read in
-- these days.  Of a run that had no time for all it is not known whether it had the time for its sitemaps.
SELECT url, depth, absences,
       coalesce(is_seen OR last_seen_at > now() - make_interval(days => :lately_days), false) AS was_read_lately,
       depth = 1 AND absences = 0 AND EXISTS (
           SELECT FROM runs
           WHERE project_id = :project_id AND status IN ('COMPLETE_NO_DIFFS', 'COMPLETE_WITH_DIFFS')
             AND finished_at > now() - make_interval(days => :lately_days)
             AND NOT report @> '{"limits": [{"name": "sitemap_unread"}]}'
             AND NOT report @> '{"limits": [{"name": "max_seconds"}]}'
       ) AS may_be_in_sitemap
FROM page_views WHERE project_id = :project_id AND is_listed
ORDER BY last_seen_at NULLS FIRST, position, url;

-- name: page_plan
-- Has the next statements of this transaction planned for all pages of a run and a project, in usual numbers.  Of a run
-- that has just staged its pages, and of tables that were small when a statement was planned, the statistics say that
-- there is next to nothing: then a nested loop compares each page with each other, by an index that finds all of them.
SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_nestloop', 'off', true);

-- name: page_unplan
-- Has the joins of the statements that follow planned as ever: most are on few rows of large tables.
SELECT set_config('enable_nestloop', reset_val, true) FROM pg_settings WHERE name = 'enable_nestloop';

-- name: page_apply
-- Writes the project's pages as the run leaves them: the staged values where there are any, else the known ones.  A
-- page that is as it was, and that the run saw as the one before did, is not written: `page_views` tells what was
-- found.
INSERT INTO pages (
    project_id, url, position, depth, outcome, status_code, note, path, title, description, etag, last_modified,
    extractor_version, content_sha256, content, is_listed, absences, first_seen_at, is_seen, last_seen_at,
    last_changed_at, wire_bytes
)
SELECT
    :project_id, s.url, s.position, n.depth, n.outcome, n.status_code, n.note, s.path, n.title, n.description, n.etag,
    n.last_modified, n.extractor_version, n.content_sha256, coalesce(rp.content, p.content), s.is_listed, s.absences,
    coalesce(p.first_seen_at, :now), n.is_seen, CASE WHEN n.is_seen THEN :now ELSE p.last_seen_at END,
    CASE
        WHEN rp.content_sha256 IS NOT NULL AND rp.content_sha256 IS DISTINCT FROM p.content_sha256 THEN :now
        ELSE p.last_changed_at
    END,
    n.wire_bytes
FROM json_to_recordset(:rows::json) AS s (
    url text, position integer, path text, title text, description text, is_listed boolean, absences integer
)
LEFT JOIN run_pages rp ON rp.run_id = :run_id AND rp.url = s.url
LEFT JOIN page_views p ON p.project_id = :project_id AND p.url = s.url
CROSS JOIN LATERAL (
    SELECT
        coalesce(s.title, p.title, '') AS title, coalesce(s.description, p.description, '') AS description,
        coalesce(rp.depth, p.depth, 0) AS depth, coalesce(rp.outcome, p.outcome) AS outcome,
        CASE WHEN rp.url IS NULL THEN p.status_code ELSE rp.status_code END AS status_code,
        coalesce(rp.note, p.note, '') AS note,
        coalesce(nullif(rp.etag, ''), CASE WHEN rp.content IS NULL THEN p.etag END, '') AS etag,
        coalesce(nullif(rp.last_modified, ''), CASE WHEN rp.content IS NULL THEN p.last_modified END, '')
            AS last_modified,
        CASE WHEN rp.content IS NULL THEN coalesce(p.extractor_version, 0) ELSE :extractor_version END
            AS extractor_version,
        coalesce(rp.content_sha256, p.content_sha256) AS content_sha256,
        coalesce(rp.outcome IN ('ok', 'not_modified', 'noindex', 'duplicate', 'empty'), false) AS is_seen,
        CASE WHEN rp.content IS NULL THEN coalesce(p.wire_bytes, 0) ELSE rp.wire_bytes END AS wire_bytes
) n
WHERE p.url IS NULL
   OR (s.position, s.path, n.title, n.description, s.is_listed, s.absences)
      IS DISTINCT FROM (p.position, p.path, p.title, p.description, p.is_listed, p.absences)
   OR (n.depth, n.etag, n.last_modified, n.extractor_version, n.content_sha256, n.is_seen, n.wire_bytes)
      IS DISTINCT FROM (p.depth, p.etag, p.last_modified, p.extractor_version, p.content_sha256, p.is_seen, p.wire_bytes)
   OR n.outcome NOT IN ('ok', 'not_modified') AND (n.outcome, n.status_code, n.note) IS DISTINCT FROM (p.outcome, p.status_code, p.note)
   OR rp.content IS NOT NULL AND rp.content IS DISTINCT FROM p.content
ON CONFLICT (project_id, url) DO UPDATE SET
    position = excluded.position, depth = excluded.depth, outcome = excluded.outcome,
    status_code = excluded.status_code, note = excluded.note, path = excluded.path, title = excluded.title,
    description = excluded.description, etag = excluded.etag, last_modified = excluded.last_modified,
    extractor_version = excluded.extractor_version, content_sha256 = excluded.content_sha256,
    content = excluded.content, is_listed = excluded.is_listed, absences = excluded.absences,
    is_seen = excluded.is_seen, last_seen_at = excluded.last_seen_at, last_changed_at = excluded.last_changed_at,
    wire_bytes = excluded.wire_bytes;

-- name: page_drop
-- Deletes pages that are no longer part of the site.
DELETE FROM pages WHERE project_id = :project_id AND url = ANY(:urls::text[]);

-- name: page_release
-- Frees space once a run has ended: its staged pages stay for the API, but their parsed content is deleted.
UPDATE run_pages SET content = NULL WHERE run_id = :run_id AND content IS NOT NULL;

-- name: page_page
-- A project's pages that a filter takes, in crawl order.
SELECT url, CASE WHEN is_listed THEN path END AS path, title, description, status_code, outcome, note, depth,
       content_sha256, first_seen_at, last_seen_at, last_changed_at, position
FROM page_views
WHERE project_id = :project_id AND (position, url) > (:after_position::integer, :after_url::text)
  AND (:q::text IS NULL OR strpos(lower(url || ' ' || title), lower(:q)) > 0)
  AND (:outcome::text IS NULL OR outcome = :outcome)
  AND (:listed::boolean IS NULL OR is_listed = :listed)
ORDER BY position, url LIMIT :limit;

-- name: page_counts
-- The number of a project's pages by outcome, under the same filters as the list except the one by outcome.
SELECT outcome, count(*) AS count FROM page_views
WHERE project_id = :project_id
  AND (:q::text IS NULL OR strpos(lower(url || ' ' || title), lower(:q)) > 0)
  AND (:listed::boolean IS NULL OR is_listed = :listed)
GROUP BY outcome ORDER BY count(*) DESC, outcome;

-- name: page_at
-- The page at one of several spellings of an address: one that is listed rather than one that is not, then the first.
SELECT url, CASE WHEN is_listed THEN path END AS path, title, description, status_code, outcome, note, depth,
       content_sha256, first_seen_at, last_seen_at, last_changed_at, position
FROM page_views WHERE project_id = :project_id AND url = ANY(:urls::text[])
ORDER BY is_listed DESC, array_position(:urls::text[], url) LIMIT 1;

-- name: page_visits
-- What runs that ended well found at one of several spellings of an address, newest first.
SELECT r.number, r.finished_at, rp.outcome, rp.note
FROM runs r JOIN run_pages rp ON rp.run_id = r.id
WHERE r.project_id = :project_id AND r.status IN ('COMPLETE_NO_DIFFS', 'COMPLETE_WITH_DIFFS')
  AND rp.url = ANY(:urls::text[])
ORDER BY r.number DESC LIMIT :limit;

-- name: page_missed_at
-- Since when an address is in no document that a run of this number was the last to meet: since the first run, from
-- that one on, that changed the documents and left them without it.  One whose version is held, or was not accepted,
-- did not.
SELECT r.finished_at FROM runs r
WHERE r.project_id = :project_id AND r.number >= :number AND r.status IN ('COMPLETE_NO_DIFFS', 'COMPLETE_WITH_DIFFS')
  AND (r.held IS NULL OR r.held = 'accepted') AND r.version_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM version_pages vp WHERE vp.version_id = r.version_id AND vp.url = ANY(:urls::text[]))
ORDER BY r.number LIMIT 1;

-- name: page_naming
-- The first page that names one of several spellings of an address: as a translation, with its language, or by a link,
-- which it may ask not to follow; with what the last run found there.  One that is gone comes last.
SELECT p.url, p.depth, t.translation ->> 0 AS language, coalesce((p.content -> 'nofollow')::boolean, false) AS nofollow,
       (SELECT v.outcome FROM page_views v WHERE v.project_id = p.project_id AND v.url = p.url) AS outcome
FROM pages p
LEFT JOIN LATERAL (
    SELECT translation FROM jsonb_array_elements(p.content -> 'translations') AS translation
    WHERE translation ->> 1 = ANY(:urls::text[]) LIMIT 1
) t ON true
WHERE p.project_id = :project_id AND (t.translation IS NOT NULL OR p.content -> 'links' ?| :urls::text[])
ORDER BY p.outcome IN ('gone', 'redirected'), t.translation IS NULL, nofollow, p.position LIMIT 1;

-- name: page_home
-- The page at which the newest run began: the first in crawl order that is not a redirect.
SELECT url FROM page_views WHERE project_id = :project_id AND outcome <> 'redirected'
ORDER BY position, last_seen_at DESC NULLS LAST LIMIT 1;

-- name: page_of_run
-- The pages that a run saw, in crawl order.
SELECT url, title, status_code, outcome, note, depth, content_sha256, position FROM run_pages
WHERE run_id = :run_id AND (position, url) > (:after_position::integer, :after_url::text)
ORDER BY position, url LIMIT :limit;
