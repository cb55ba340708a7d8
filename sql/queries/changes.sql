-- name: change_insert
-- One thing that a run changed.
INSERT INTO changes (run_id, position, scope, kind, url, title, before, after)
VALUES (:run_id, :position, :scope, :kind, :url, :title, :before, :after);

-- name: change_page
-- What a run changed, in the documents' order.
SELECT position, scope, kind, url, title, before, after FROM changes
WHERE run_id = :run_id AND position > :after ORDER BY position LIMIT :limit;
