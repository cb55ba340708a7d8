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
