-- name: schedule_insert
-- Stores the schedule of a new project, without a next occurrence yet.
INSERT INTO project_configs (project_id, cron_expression, timezone, on_failure, accounted_until)
VALUES (:project_id, :cron_expression, :timezone, :on_failure, :accounted_until);

-- name: schedule_get
-- Reads the schedule without locking it.
SELECT * FROM project_configs WHERE project_id = :project_id;

-- name: schedule_lock
-- Locks the project, then its schedule, as every change of the schedule must; `now` is read after both are locked.
SELECT locked.*, clock_timestamp() AS now FROM (
    SELECT c.* FROM projects p JOIN project_configs c ON c.project_id = p.id WHERE p.id = :project_id
    FOR KEY SHARE OF p
    FOR UPDATE OF c
) locked;

-- name: schedule_lock_of_run
-- Locks the project, its schedule and the run, in this order, before a leased run is ended; `now` is read after that.
-- The run is locked against deletion only, so that heartbeats need not wait while its documents are written;
-- cancelling or rescuing it needs the schedule's lock anyway.  The run's columns may date from before the wait for that
-- lock, which is why `run_end` checks them again.
SELECT locked.*, clock_timestamp() AS now FROM (
    SELECT c.*, r.status, r.lease_token, p.folder,
           EXISTS (SELECT FROM held_versions h WHERE h.project_id = c.project_id) AS has_held
    FROM runs r JOIN projects p ON p.id = r.project_id JOIN project_configs c ON c.project_id = p.id
    WHERE r.id = :run_id
    FOR KEY SHARE OF p
    FOR UPDATE OF c
    FOR KEY SHARE OF r
) locked;

-- name: schedule_lock_free
-- Locks the project, then its schedule; no row if another transaction holds either.  For loops over many projects,
-- which must not be blocked by one process that hangs inside a transaction.
SELECT locked.*, clock_timestamp() AS now FROM (
    SELECT c.* FROM projects p JOIN project_configs c ON c.project_id = p.id WHERE p.id = :project_id
    FOR KEY SHARE OF p SKIP LOCKED
    FOR UPDATE OF c SKIP LOCKED
) locked;

-- name: schedule_is_well
-- Whether nothing is wrong with a project: its schedule is not halted, its last run has not failed, no version is held,
-- and it is not stale.
SELECT p.resting NOT IN ('held', 'failed')
   AND NOT (c.is_enabled AND c.stale_after IS NOT NULL AND c.stale_after < (SELECT clock_timestamp()))
FROM projects p JOIN project_configs c ON c.project_id = p.id WHERE p.id = :project_id;

-- name: schedule_save
-- Writes a changed schedule and its new ledger rows, deletes the scheduled run `taken_back` unless a worker has claimed
-- it, and queues the run `initial_run`.  Either id may be null.  A row that is there already is from a clock that was
-- ahead: what truly became of the occurrence takes its place.
WITH noted AS (
    INSERT INTO occurrences (project_id, first, last, count, outcome, reason, run_id, cron_expression, timezone)
    SELECT :project_id, first, last, count, outcome, reason, run_id, cron_expression, timezone
    FROM jsonb_populate_recordset(NULL::occurrences, :rows)
    ON CONFLICT (project_id, first) DO UPDATE SET
        last = excluded.last, count = excluded.count, outcome = excluded.outcome, reason = excluded.reason,
        run_id = excluded.run_id, cron_expression = excluded.cron_expression, timezone = excluded.timezone
), taken_back AS (
    DELETE FROM runs WHERE id = :taken_back::uuid AND status = 'QUEUED' AND trigger = 'schedule'
), initial AS (
    INSERT INTO runs (id, project_id, number, trigger, status, host)
    SELECT :initial_run::uuid, c.project_id, c.run_count + 1, 'initial', 'QUEUED', place_of(p.url, p.delay_seconds)
    FROM project_configs c JOIN projects p ON p.id = c.project_id
    WHERE c.project_id = :project_id AND :initial_run::uuid IS NOT NULL
)
UPDATE project_configs SET
    cron_expression = :cron_expression, timezone = :timezone, is_enabled = :is_enabled, on_failure = :on_failure,
    schedule_state = :schedule_state, halted_by = :halted_by, halted_reason = :halted_reason,
    last_run_at = :last_run_at, next_run_at = :next_run_at, next_due_at = :next_due_at, next_job_id = :next_job_id,
    stale_after = :stale_after, accounted_until = :accounted_until, troubled_since = :troubled_since,
    run_count = run_count + CASE WHEN :initial_run::uuid IS NULL THEN 0 ELSE 1 END
WHERE project_id = :project_id;

-- name: schedule_fire
-- Queues a run for each project that is due and has no active run, a page at a time.  Rows locked by another process
-- are skipped: that process fires them, or the next tick does.  `stuck` are those whose run has already ended, so
-- that the schedule should have moved on.  One row of arrays: to read a row for each took a tenth of a tick.
-- OFFSET keeps the look for an active run a lookup for each project, and the planner from expecting that hardly any
-- project is free: it would read and sort all that is due for each page.
-- The check of the foreign key of each new run comes after the statement.  The tick's connections plan anew each time,
-- which took longer for these checks than all the rest: they are to have one plan, by the index, however few projects
-- there were when it was made.
WITH due AS (
    SELECT c.* FROM projects p JOIN project_configs c ON c.project_id = p.id
    WHERE c.next_due_at <= (SELECT clock_timestamp())
      AND (c.next_due_at, c.project_id) > (:after_due::timestamptz, :after_id::uuid)
      AND NOT EXISTS (SELECT FROM runs r WHERE r.project_id = c.project_id AND is_active(r.status) OFFSET 0)
    ORDER BY c.next_due_at, c.project_id
    LIMIT :limit
    FOR KEY SHARE OF p SKIP LOCKED
    FOR UPDATE OF c SKIP LOCKED
), fired AS (
    INSERT INTO runs (id, project_id, number, trigger, scheduled_for, cron_expression, timezone, status)
    SELECT next_job_id, project_id, run_count + 1, 'schedule', next_run_at, cron_expression, timezone, 'QUEUED'
    FROM due
    ON CONFLICT DO NOTHING
    RETURNING id, project_id
), counted AS (
    -- An array, because for a join the planner would read all schedules for each page.
    UPDATE project_configs SET run_count = run_count + 1 WHERE project_id = ANY (ARRAY(SELECT project_id FROM fired))
), last AS (
    SELECT next_due_at, project_id FROM due ORDER BY next_due_at DESC, project_id DESC LIMIT 1
)
SELECT array_agg(due.next_job_id ORDER BY due.next_due_at, due.project_id) FILTER (WHERE fired.id IS NOT NULL) AS queued,
       array_agg(due.next_job_id) FILTER (WHERE ended.is_stuck) AS stuck,
       (SELECT next_due_at FROM last) AS last_due, (SELECT project_id FROM last) AS last_project
FROM due
LEFT JOIN fired ON fired.id = due.next_job_id
LEFT JOIN LATERAL (
    SELECT true AS is_stuck FROM runs r
    WHERE fired.id IS NULL AND r.id = due.next_job_id AND r.finished_at IS NOT NULL LIMIT 1
) ended ON true
WHERE (SELECT set_config('plan_cache_mode', 'force_generic_plan', true) || set_config('enable_seqscan', 'off', true)) > '';

-- name: schedule_ahead
-- Projects without an active run whose ledger or last success is later than so many seconds from now: a clock that was
-- ahead wrote it, and set the next occurrence after it, or when the documents become stale.  Paged by project.
-- MATERIALIZED keeps the planner, which takes them for many, from reading all schedules in the order of an index.
WITH ahead AS MATERIALIZED (
    SELECT c.project_id AS id FROM project_configs c
    WHERE c.next_due_at IS NOT NULL
      AND greatest(c.accounted_until, c.last_run_at) > (SELECT clock_timestamp()) + make_interval(secs => :seconds)
      AND c.project_id > :after::uuid
)
SELECT id FROM ahead
WHERE NOT EXISTS (SELECT FROM runs r WHERE r.project_id = ahead.id AND is_active(r.status))
ORDER BY id LIMIT :limit;

-- name: schedule_waiting_page
-- What `scheduled:jobs` should hold, paged by project and id: next occurrences without a run yet, and waiting
-- retries.  A project has at most one of each.  Each half of the union has its own limit, so that it is read from an
-- index instead of being sorted as a whole.  That limit is one row more, because a half starts with the previous
-- page's last project.  OFFSET keeps the planner from expecting that next to no job is without a run: it would read and
-- sort all of them for each page, which took 0.3 s at a million.
SELECT * FROM (
    (
        SELECT c.next_job_id AS id, c.project_id, 'schedule' AS trigger, c.next_run_at AS scheduled_for,
               c.next_due_at AS due_at
        FROM project_configs c
        WHERE c.next_job_id IS NOT NULL AND c.project_id >= :after_project::uuid
          AND NOT EXISTS (SELECT FROM runs r WHERE r.id = c.next_job_id OFFSET 0)
        ORDER BY c.project_id LIMIT :limit::bigint + 1
    ) UNION ALL (
        SELECT r.id, r.project_id, r.trigger, r.scheduled_for, r.not_before
        FROM runs r
        WHERE r.status = 'RETRYING' AND r.not_before > (SELECT clock_timestamp())
          AND r.project_id >= :after_project::uuid
        ORDER BY r.project_id LIMIT :limit::bigint + 1
    )
) waiting
WHERE (project_id, id) > (:after_project::uuid, :after_id::uuid)
ORDER BY project_id, id LIMIT :limit::bigint;

-- name: schedule_waiting_count
-- The number of ids that `scheduled:jobs` should hold.
SELECT (SELECT count(*) FROM project_configs WHERE next_due_at IS NOT NULL)
     - (SELECT count(*) FROM runs r JOIN project_configs c ON c.next_job_id = r.id
        WHERE is_active(r.status))
     + (SELECT count(*) FROM runs WHERE status = 'RETRYING' AND not_before > (SELECT clock_timestamp()));

-- name: schedule_waiting_among
-- Which of these ids `scheduled:jobs` should or may hold: a run that is queued waits there while there is no room for
-- it.
SELECT c.next_job_id AS id FROM project_configs c
WHERE c.next_job_id = ANY(:ids::uuid[]) AND NOT EXISTS (SELECT FROM runs r WHERE r.id = c.next_job_id)
UNION ALL
SELECT r.id FROM runs r WHERE r.id = ANY(:ids::uuid[]) AND r.status IN ('QUEUED', 'RETRYING');

-- name: schedule_jobs_page
-- Upcoming jobs for the API, soonest first.  Each half of the union has its own limit, so that schedules are read from
-- their index; the retries are few and may be sorted.  That limit is one row more, because a half starts with the last
-- project of the previous page.
SELECT jobs.*, p.name AS project_name FROM (
    (
        SELECT c.next_job_id AS job_id, c.project_id, c.next_run_at AS scheduled_for, c.next_due_at AS due_at,
               'schedule' AS kind
        FROM project_configs c
        WHERE c.next_due_at IS NOT NULL
          AND (c.next_due_at, c.project_id) >= (:after_due::timestamptz, :after_project::uuid)
          AND NOT EXISTS (SELECT FROM runs r WHERE r.id = c.next_job_id OFFSET 0)
        ORDER BY c.next_due_at, c.project_id LIMIT :limit::bigint + 1
    ) UNION ALL (
        SELECT r.id, r.project_id, r.scheduled_for, r.not_before, 'retry'
        FROM runs r
        WHERE r.status = 'RETRYING' AND (r.not_before, r.project_id) >= (:after_due::timestamptz, :after_project::uuid)
        ORDER BY r.not_before, r.project_id LIMIT :limit::bigint + 1
    )
) jobs JOIN projects p ON p.id = jobs.project_id
WHERE (jobs.due_at, jobs.project_id, jobs.job_id) > (:after_due::timestamptz, :after_project::uuid, :after_id::uuid)
ORDER BY jobs.due_at, jobs.project_id, jobs.job_id LIMIT :limit::bigint;

-- name: schedule_overdue
-- Projects that have been due for longer than the given seconds without an active run.
SELECT c.project_id AS id FROM project_configs c
WHERE c.next_due_at < (SELECT clock_timestamp()) - make_interval(secs => :seconds)
  AND NOT EXISTS (
    SELECT FROM runs r WHERE r.project_id = c.project_id AND is_active(r.status)
  )
ORDER BY c.next_due_at LIMIT :limit;
