-- name: occurrence_page
-- A project's ledger of occurrences, newest first.
SELECT first, last, count, outcome, reason, run_id, cron_expression, timezone FROM occurrences
WHERE project_id = :project_id AND (:before::timestamptz IS NULL OR first < :before)
ORDER BY first DESC LIMIT :limit;
