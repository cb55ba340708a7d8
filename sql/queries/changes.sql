-- name: change_insert
-- Stores one change that a run made.
INSERT INTO changes (run_id, position, scope, kind, url, title, before, after)
VALUES (:run_id, :position, :scope, :kind, :url, :title, :before, :after);

-- name: change_page
-- The changes that a run made, in the order of the documents.
SELECT position, scope, kind, url, title, before, after FROM changes
WHERE run_id = :run_id AND position > :after ORDER BY position LIMIT :limit;
