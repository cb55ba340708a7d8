-- name: occurrence_insert!
-- Rows of the ledger.
INSERT INTO occurrences (project_id, first, last, count, outcome, reason, run_id, cron_expression, timezone)
SELECT :project_id, * FROM unnest(
    :firsts::timestamptz[], :lasts::timestamptz[], :counts::integer[], :outcomes::text[], :reasons::text[],
    :run_ids::uuid[], :cron_expressions::text[], :timezones::text[]
);

-- name: occurrence_page
-- The ledger of a project, newest first.
SELECT first, last, count, outcome, reason, run_id, cron_expression, timezone FROM occurrences
WHERE project_id = :project_id AND (:before::timestamptz IS NULL OR first < :before)
ORDER BY first DESC LIMIT :limit;
