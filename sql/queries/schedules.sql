-- name: schedule_insert
-- The schedule of a new project, before it is armed.
INSERT INTO project_configs (project_id, cron_expression, timezone, on_failure, accounted_until)
VALUES (:project_id, :cron_expression, :timezone, :on_failure, :accounted_until);

-- name: schedule_get
-- A look at the schedule.
SELECT * FROM project_configs WHERE project_id = :project_id;

-- name: schedule_lock
-- Project and schedule locked in their order, and the time since when they are: whoever moves the cursor holds both.
SELECT locked.*, clock_timestamp() AS now FROM (
    SELECT c.* FROM projects p JOIN project_configs c ON c.project_id = p.id WHERE p.id = :project_id
    FOR KEY SHARE OF p
    FOR UPDATE OF c
) locked;

-- name: schedule_lock_of_run
-- Project, schedule and run locked in their order, and the time since when they are: for whoever ends a leased run.
-- The run only against its deletion: who moves it holds the schedule, and a heartbeat must not wait for documents.  So
-- what is told of the run may be from before the wait for the schedule; `run_end` looks again.
SELECT locked.*, clock_timestamp() AS now FROM (
    SELECT c.*, r.status, r.lease_token
    FROM runs r JOIN projects p ON p.id = r.project_id JOIN project_configs c ON c.project_id = p.id
    WHERE r.id = :run_id
    FOR KEY SHARE OF p
    FOR UPDATE OF c
    FOR KEY SHARE OF r
) locked;

-- name: schedule_lock_free
-- Project and schedule locked in their order; no row where somebody else holds either: one process that stands
-- still in a transaction must not hold up whoever works through all projects.
SELECT locked.*, clock_timestamp() AS now FROM (
    SELECT c.* FROM projects p JOIN project_configs c ON c.project_id = p.id WHERE p.id = :project_id
    FOR KEY SHARE OF p SKIP LOCKED
    FOR UPDATE OF c SKIP LOCKED
) locked;

-- name: schedule_save
-- The schedule as a decision leaves it, the ledger's rows of that decision, and its runs: a scheduled one that no worker
-- has taken is taken back, and the initial one is queued.
WITH noted AS (
    INSERT INTO occurrences (project_id, first, last, count, outcome, reason, run_id, cron_expression, timezone)
    SELECT :project_id, first, last, count, outcome, reason, run_id, cron_expression, timezone
    FROM jsonb_populate_recordset(NULL::occurrences, :rows)
), taken_back AS (
    DELETE FROM runs WHERE id = :taken_back::uuid AND status = 'QUEUED' AND trigger = 'schedule'
), initial AS (
    INSERT INTO runs (id, project_id, number, trigger, status)
    SELECT :initial_run::uuid, project_id, run_count + 1, 'initial', 'QUEUED' FROM project_configs
    WHERE project_id = :project_id AND :initial_run::uuid IS NOT NULL
)
UPDATE project_configs SET
    cron_expression = :cron_expression, timezone = :timezone, is_enabled = :is_enabled, on_failure = :on_failure,
    schedule_state = :schedule_state, halted_by = :halted_by, halted_reason = :halted_reason,
    last_run_at = :last_run_at, next_run_at = :next_run_at, next_due_at = :next_due_at, next_job_id = :next_job_id,
    stale_after = :stale_after, accounted_until = :accounted_until,
    run_count = run_count + CASE WHEN :initial_run::uuid IS NULL THEN 0 ELSE 1 END
WHERE project_id = :project_id;

-- name: schedule_fire
-- Queues a run for each project whose occurrence is due and that has no active run, a page at a time.  Rows
-- that a peer holds are passed over: it fires them, or the next tick does.  `is_stuck`: there is a run of this
-- occurrence already, and it has ended; the cursor should have moved.
-- One look-up for each project, by LATERAL: in a join the planner reads all active runs again for every project
-- where its statistics are from before they came.
WITH due AS (
    SELECT c.* FROM projects p JOIN project_configs c ON c.project_id = p.id
    LEFT JOIN LATERAL (
        SELECT true AS is_busy FROM runs r
        WHERE r.project_id = c.project_id AND is_active(r.status) LIMIT 1
    ) active ON true
    WHERE c.next_due_at <= (SELECT clock_timestamp())
      AND (c.next_due_at, c.project_id) > (:after_due::timestamptz, :after_id::uuid)
      AND active.is_busy IS NULL
    ORDER BY c.next_due_at, c.project_id
    LIMIT :limit
    FOR KEY SHARE OF p SKIP LOCKED
    FOR UPDATE OF c SKIP LOCKED
), fired AS (
    INSERT INTO runs (id, project_id, number, trigger, scheduled_for, cron_expression, timezone, status)
    SELECT next_job_id, project_id, run_count + 1, 'schedule', next_run_at, cron_expression, timezone, 'QUEUED'
    FROM due
    ON CONFLICT DO NOTHING
    RETURNING id
), counted AS (
    UPDATE project_configs c SET run_count = c.run_count + 1
    FROM due JOIN fired ON fired.id = due.next_job_id WHERE c.project_id = due.project_id
)
SELECT due.next_job_id AS id, due.project_id, due.next_run_at AS scheduled_for, due.next_due_at AS due_at,
       fired.id IS NOT NULL AS is_fired, ended.is_stuck IS NOT NULL AS is_stuck
FROM due
LEFT JOIN fired ON fired.id = due.next_job_id
LEFT JOIN LATERAL (
    SELECT true AS is_stuck FROM runs r
    WHERE fired.id IS NULL AND r.id = due.next_job_id AND r.finished_at IS NOT NULL LIMIT 1
) ended ON true
ORDER BY due.next_due_at, due.project_id;

-- name: schedule_waiting_page
-- What `scheduled:jobs` should hold, a page by project and id: next occurrences that have no run yet, and retries.  A
-- project has one of each at most.  Each half has its own limit, so that it is read from its index and not sorted as a
-- whole; one row more, because a half begins with the last project of the page before.
SELECT * FROM (
    (
        SELECT c.next_job_id AS id, c.project_id, 'schedule' AS trigger, c.next_run_at AS scheduled_for,
               c.next_due_at AS due_at
        FROM project_configs c
        LEFT JOIN LATERAL (SELECT true AS is_there FROM runs r WHERE r.id = c.next_job_id LIMIT 1) run ON true
        WHERE c.next_job_id IS NOT NULL AND c.project_id >= :after_project::uuid AND run.is_there IS NULL
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
-- How many ids `scheduled:jobs` should hold.
SELECT (SELECT count(*) FROM project_configs WHERE next_due_at IS NOT NULL)
     - (SELECT count(*) FROM runs r JOIN project_configs c ON c.next_job_id = r.id
        WHERE is_active(r.status))
     + (SELECT count(*) FROM runs WHERE status = 'RETRYING' AND not_before > (SELECT clock_timestamp()));

-- name: schedule_waiting_among
-- Which of these ids `scheduled:jobs` should hold.
SELECT c.next_job_id AS id FROM project_configs c
WHERE c.next_job_id = ANY(:ids::uuid[]) AND NOT EXISTS (SELECT FROM runs r WHERE r.id = c.next_job_id)
UNION ALL
SELECT r.id FROM runs r WHERE r.id = ANY(:ids::uuid[]) AND r.status = 'RETRYING';

-- name: schedule_jobs_page
-- What is scheduled, soonest first, as the API lists it.  Each half has its own limit, so that the schedules are read
-- from their index, and of the retries, which are few, all; one row more, because a half begins with the last of the
-- page before.
SELECT jobs.*, p.name AS project_name FROM (
    (
        SELECT c.next_job_id AS job_id, c.project_id, c.next_run_at AS scheduled_for, c.next_due_at AS due_at,
               'schedule' AS kind
        FROM project_configs c
        LEFT JOIN LATERAL (SELECT true AS is_there FROM runs r WHERE r.id = c.next_job_id LIMIT 1) run ON true
        WHERE c.next_due_at IS NOT NULL
          AND (c.next_due_at, c.project_id) >= (:after_due::timestamptz, :after_project::uuid)
          AND run.is_there IS NULL
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
-- Projects whose occurrence has been due for longer than it may be, with no run of theirs under way.
SELECT c.project_id AS id FROM project_configs c
WHERE c.next_due_at < (SELECT clock_timestamp()) - make_interval(secs => :seconds)
  AND NOT EXISTS (
    SELECT FROM runs r WHERE r.project_id = c.project_id AND is_active(r.status)
  )
ORDER BY c.next_due_at LIMIT :limit;
