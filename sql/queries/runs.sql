-- name: run_insert
-- Queues a run that a user asked for; the caller holds the lock on the schedule.
WITH numbered AS (
    UPDATE project_configs SET run_count = run_count + 1 WHERE project_id = :project_id RETURNING run_count
)
INSERT INTO runs (id, project_id, number, trigger, status, is_forced, host)
SELECT :id, :project_id, run_count, :trigger, 'QUEUED', :is_forced, (
    SELECT place_of(url, delay_seconds) FROM projects WHERE id = :project_id
)
FROM numbered
RETURNING *;

-- name: run_get
-- One run.
SELECT * FROM runs WHERE id = :id;

-- name: run_page
-- A project's runs, newest first.
SELECT * FROM runs WHERE project_id = :project_id AND (:before::integer IS NULL OR number < :before)
ORDER BY number DESC LIMIT :limit;

-- name: run_page_of_all
-- Runs of all projects or of one, newest first: of one status, and created since a time.  Without their
-- reports, which a list does not show.
SELECT id, project_id, number, trigger, status, scheduled_for, cron_expression, timezone, not_before, attempt, crashes,
    lease_token, lease_until, coalesced, error_code, error_message, summary, progress, changes, '{}'::jsonb AS report,
    created_at, started_at, finished_at, version_id, held, is_forced, is_suspect
FROM runs
WHERE (:status::text IS NULL OR status = :status)
  AND (:project_id::uuid IS NULL OR project_id = :project_id)
  AND (:since::timestamptz IS NULL OR created_at >= :since)
  AND created_at <= coalesce(:before_at::timestamptz, 'infinity')
  AND (:before_at::timestamptz IS NULL OR created_at < :before_at OR id > :before_id::uuid)
ORDER BY created_at DESC, id LIMIT :limit;

-- name: run_lock_active
-- Locks the project's active run, so that no worker claims it while the caller decides by its status.
SELECT * FROM runs WHERE project_id = :project_id AND is_active(status) FOR UPDATE;

-- name: run_among
-- Several runs by id, each as JSON: the active and last runs that a list of projects shows.
SELECT row_to_json(r) FROM run_views r WHERE id = ANY(:ids::uuid[]);

-- name: run_recent
-- The newest runs of several projects in brief, oldest first, for the sparklines of a list.  LATERAL makes Postgres
-- read the few rows of each project from the index instead of sorting all its runs.
SELECT r.*
FROM unnest(:ids::uuid[]) AS asked (id)
CROSS JOIN LATERAL (SELECT * FROM run_briefs WHERE project_id = asked.id ORDER BY number DESC LIMIT :limit) r
ORDER BY r.project_id, r.number;

-- name: run_last_occurrence
-- The latest of a project's occurrences up to now that had a run.
SELECT max(scheduled_for) FROM runs
WHERE project_id = :project_id AND trigger = 'schedule' AND scheduled_for <= (SELECT clock_timestamp());

-- name: run_wake
-- Lets a run that waits for its next attempt start at once.  A run that was forced stays so.
UPDATE runs SET not_before = clock_timestamp(), is_forced = is_forced OR :is_forced
WHERE id = :id AND status = 'RETRYING' RETURNING *;

-- name: run_url
-- The address of the project of a run.
SELECT p.url FROM runs r JOIN projects p ON p.id = r.project_id WHERE r.id = :id;

-- name: run_may_start
-- A run that could be claimed if there were room for it, and the time.
SELECT id, project_id, trigger, scheduled_for, clock_timestamp() AS now FROM runs
WHERE id = :id AND (status = 'QUEUED' OR (status = 'RETRYING' AND not_before <= (SELECT clock_timestamp())));

-- name: run_shorten_waits
-- Ends the wait of runs that would wait for their next attempt longer than any may, because a clock was ahead.
UPDATE runs SET not_before = clock_timestamp()
WHERE id IN (
    SELECT id FROM runs
    WHERE status = 'RETRYING' AND not_before > (SELECT clock_timestamp()) + :most::interval
    FOR NO KEY UPDATE SKIP LOCKED
);

-- name: run_retry
-- Lets a run wait for its next attempt; `by_crash` is true if its lease expired, false if its crawl failed.  A crash
-- makes it a suspect; `is_charged` says that it alone can have caused it.
UPDATE runs SET
    status = 'RETRYING', lease_until = NULL, not_before = clock_timestamp() + :wait::interval,
    attempt = attempt + CASE WHEN :by_crash::boolean THEN 0 ELSE 1 END,
    is_suspect = is_suspect OR :by_crash::boolean, crashes = crashes + :is_charged::boolean::integer,
    error_code = :error_code, error_message = :error_message
WHERE id = :id AND lease_token = :token AND status = 'IN_PROGRESS'
RETURNING *;

-- name: run_end
-- Ends a run, updates its schedule and writes the new ledger rows and what is told of it in one statement.  With a
-- token, the run must be held by that lease; without one (a cancellation), any active run is ended.  If no row is
-- returned, nothing was written.  A ledger row that is there already is replaced, as in `schedule_save`.  A run in
-- progress is found by the end of its lease.  By its status, the planner would use the index of all runs in progress,
-- which is full of dead rows.
WITH ended AS (
    UPDATE runs SET
        status = :status, lease_until = NULL, not_before = NULL, finished_at = :now, coalesced = :coalesced,
        version_id = :version_id, error_code = :error_code, error_message = :error_message, summary = :summary,
        progress = :progress, changes = :changes, report = :report, held = :held, attempt = attempt + :failures,
        crashes = crashes + :crashes
    WHERE id = :id AND CASE
        WHEN :token::uuid IS NULL THEN is_active(status)
        ELSE lease_token = :token AND lease_until IS NOT NULL
    END
    RETURNING *
), noted AS (
    INSERT INTO occurrences (project_id, first, last, count, outcome, reason, run_id, cron_expression, timezone)
    SELECT ended.project_id, e.first, e.last, e.count, e.outcome, e.reason, e.run_id, e.cron_expression, e.timezone
    FROM ended, jsonb_populate_recordset(NULL::occurrences, :rows) e
    ON CONFLICT (project_id, first) DO UPDATE SET
        last = excluded.last, count = excluded.count, outcome = excluded.outcome, reason = excluded.reason,
        run_id = excluded.run_id, cron_expression = excluded.cron_expression, timezone = excluded.timezone
), rescheduled AS (
    UPDATE project_configs c SET
        is_enabled = :is_enabled, schedule_state = :schedule_state, halted_by = :halted_by,
        halted_reason = :halted_reason, last_run_at = :last_run_at, next_run_at = :next_run_at,
        next_due_at = :next_due_at, next_job_id = :next_job_id, stale_after = :stale_after,
        accounted_until = :accounted_until, troubled_since = :troubled_since
    FROM ended WHERE c.project_id = ended.project_id
), told AS (
    INSERT INTO events (kind, project_id, run_id, details)
    SELECT e.kind, ended.project_id, ended.id, e.details
    FROM ended, jsonb_to_recordset(:events) AS e (kind text, details jsonb)
)
SELECT * FROM ended;

-- name: run_verdicts
-- What to do with each id that Redis holds as due: move it to the queue, keep it where it is, or drop it.
SELECT asked.id,
    CASE
        WHEN r.status = 'QUEUED' OR (r.status = 'RETRYING' AND r.not_before <= (SELECT clock_timestamp()))
            THEN 'enqueue'
        WHEN r.status = 'RETRYING' THEN 'keep'
        WHEN r.id IS NULL AND c.project_id IS NOT NULL THEN 'keep'
        ELSE 'drop'
    END AS verdict
FROM unnest(:ids::uuid[]) AS asked (id)
LEFT JOIN runs r ON r.id = asked.id
LEFT JOIN project_configs c ON c.next_job_id = asked.id;

-- name: run_ready_count
-- The number of ids that the lists in Redis should hold: runs that may start and runs in progress.
SELECT count(*) FROM runs
WHERE status IN ('QUEUED', 'IN_PROGRESS') OR (status = 'RETRYING' AND not_before <= (SELECT clock_timestamp()));

-- name: run_backlog
-- For the health, the metrics and the overview: the numbers of valid leases, of active runs in each state, of halted
-- schedules and of held versions; and for how many seconds the oldest due job, and the oldest run that may start, have
-- been waiting.
SELECT active.*, clock_timestamp() AS now,
    (SELECT count(*) FROM project_configs WHERE schedule_state = 'HALTED') AS halted,
    (SELECT count(*) FROM held_versions) AS held,
    coalesce(extract(epoch FROM clock_timestamp() - (
        SELECT min(coalesce(not_before, created_at)) FROM runs
        WHERE status = 'QUEUED' OR (status = 'RETRYING' AND not_before <= (SELECT clock_timestamp()))
    )), 0)::float8 AS waiting_seconds,
    (
        SELECT count(*) FROM runs
        WHERE status = 'IN_PROGRESS' AND (lease_until >= (SELECT clock_timestamp()) OR is_extended(lease_token))
    ) AS leases,
    coalesce(extract(epoch FROM clock_timestamp() - least(
        (
            SELECT c.next_due_at FROM project_configs c
            LEFT JOIN LATERAL (
                SELECT true AS is_busy FROM runs r
                WHERE r.project_id = c.project_id AND is_active(r.status) LIMIT 1
            ) active ON true
            WHERE c.next_due_at <= (SELECT clock_timestamp()) AND active.is_busy IS NULL
            ORDER BY c.next_due_at LIMIT 1
        ),
        (
            SELECT min(coalesce(not_before, scheduled_for, created_at)) FROM runs
            WHERE status = 'QUEUED' OR (status = 'RETRYING' AND not_before <= (SELECT clock_timestamp()))
        )
    )), 0)::float8 AS lag_seconds
FROM (
    SELECT count(*) FILTER (WHERE status = 'IN_PROGRESS') AS running,
           count(*) FILTER (WHERE status = 'QUEUED') AS queued,
           count(*) FILTER (WHERE status = 'RETRYING') AS retrying
    FROM runs WHERE is_active(status)
) active;

-- name: run_busy
-- The runs in progress with the worker that holds each, for people to see what is being done.
SELECT r.lease_owner AS worker, r.id, r.project_id, p.name AS project_name, r.started_at
FROM runs r JOIN projects p ON p.id = r.project_id
WHERE r.status = 'IN_PROGRESS' ORDER BY r.started_at, r.id;

-- name: run_ready_page
-- Runs that may start, paged by project: a project has one active run at most.
SELECT id, project_id, trigger, scheduled_for FROM runs
WHERE project_id > :after::uuid
  AND (status = 'QUEUED' OR (status = 'RETRYING' AND not_before <= (SELECT clock_timestamp())))
ORDER BY project_id LIMIT :limit;
