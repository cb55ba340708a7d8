-- name: changes_insert
-- Stores changes that a run made.
INSERT INTO changes (run_id, position, scope, kind, url, title, before, after)
SELECT :run_id, * FROM json_to_recordset(:rows::json) AS r (
    position integer, scope text, kind text, url text, title text, before text, after text
);

-- name: change_page
-- The changes that a run made, in the order of the documents.
SELECT position, scope, kind, url, title, before, after FROM changes
WHERE run_id = :run_id AND position > :after ORDER BY position LIMIT :limit;

-- name: change_entries
-- The first changes of entries that each of several runs made, with the number of all.  They come after those of pages,
-- which are counted in the run: so many positions need not be read.
SELECT r.id AS run_id, last.position + 1 - first.position AS total, c.kind, c.url, c.title, c.before, c.after
FROM runs r
CROSS JOIN LATERAL (
    SELECT coalesce(sum(pages.value::integer), 0)::integer AS position FROM jsonb_each_text(r.changes) pages
) first
CROSS JOIN LATERAL (SELECT position FROM changes WHERE run_id = r.id ORDER BY position DESC LIMIT 1) last
CROSS JOIN LATERAL (
    SELECT * FROM changes WHERE run_id = r.id AND scope = 'entry' AND position >= first.position
    ORDER BY position LIMIT :limit
) c
WHERE r.id = ANY(:run_ids::uuid[]) ORDER BY r.id, c.position;
