-- name: occurrence_page
-- A project's ledger of occurrences, newest first.
SELECT first, last, count, outcome, reason, run_id, cron_expression, timezone FROM occurrences
WHERE project_id = :project_id AND (:before::timestamptz IS NULL OR first < :before)
ORDER BY first DESC LIMIT :limit;

-- name: occurrence_own
-- The rows of a project in a time that are there because a run of their own ended.  The retention joins those of a day.
SELECT first, last FROM occurrences
WHERE project_id = :project_id AND first BETWEEN :first::timestamptz - interval '1 day' AND :last AND last >= :first
  AND (outcome = 'RAN' OR reason = 'canceled');

-- name: occurrence_take_ranges
-- Takes the other rows of a project that reach as far as `since` out of its ledger, for what holds of them to be put
-- back.
DELETE FROM occurrences
WHERE project_id = :project_id AND last >= :since AND outcome <> 'RAN' AND reason IS DISTINCT FROM 'canceled'
RETURNING first, last, count, outcome, reason, run_id, cron_expression, timezone;
