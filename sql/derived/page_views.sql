-- A project's pages with what the last run found.  Of a page that it saw and found as it was, `pages` keeps what an
-- earlier run found, and when that was: what the last one found is in its own rows.
DROP VIEW IF EXISTS page_views;
CREATE VIEW page_views AS
SELECT
    p.project_id, p.url, p.position, p.depth, p.path, p.title, p.description, p.etag, p.last_modified,
    p.extractor_version, p.content_sha256, p.content, p.is_listed, p.absences, p.first_seen_at, p.is_seen,
    p.last_changed_at, p.wire_bytes, coalesce(seen.outcome, p.outcome) AS outcome,
    CASE WHEN seen.url IS NULL THEN p.status_code ELSE seen.status_code END AS status_code,
    coalesce(seen.note, p.note) AS note,
    CASE WHEN p.is_seen THEN greatest(p.last_seen_at, last.finished_at) ELSE p.last_seen_at END AS last_seen_at
FROM projects owner
-- The run as which the pages stand: not one whose version is held, nor one that failed.
LEFT JOIN LATERAL (
    SELECT r.id, r.finished_at FROM runs r
    WHERE r.project_id = owner.id AND r.status IN ({complete_states}) AND (r.held IS NULL OR r.held = 'accepted')
    ORDER BY r.number DESC LIMIT 1
) last ON true
JOIN pages p ON p.project_id = owner.id
LEFT JOIN run_pages seen ON p.is_seen AND seen.run_id = last.id AND seen.url = p.url;
