-- name: run_insert
-- A run that was asked for, queued; the caller holds the schedule's lock.
WITH numbered AS (
    UPDATE project_configs SET run_count = run_count + 1 WHERE project_id = :project_id RETURNING run_count
)
INSERT INTO runs (id, project_id, number, trigger, status)
SELECT :id, :project_id, run_count, :trigger, 'QUEUED' FROM numbered
RETURNING *;

-- name: run_get
-- One run.
SELECT * FROM runs WHERE id = :id;

-- name: run_page
-- A project's runs, newest first.
SELECT * FROM runs WHERE project_id = :project_id AND (:before::integer IS NULL OR number < :before)
ORDER BY number DESC LIMIT :limit;

-- name: run_lock_active
-- The project's active run, for a decision that hangs on its status: it can't be claimed meanwhile.
SELECT * FROM runs WHERE project_id = :project_id AND is_active(status) FOR UPDATE;

-- name: run_among
-- The runs that a list of projects shows.
SELECT * FROM runs WHERE id = ANY(:ids::uuid[]);

-- name: run_wake
-- Lets a retrying run start at once.
UPDATE runs SET not_before = clock_timestamp() WHERE id = :id AND status = 'RETRYING' RETURNING *;

-- name: run_claim
-- A worker takes a run that may start, with what the crawl must know of its site, and what an earlier attempt saw is
-- forgotten; no row: somebody else has it, or it is not its time.
WITH claimed AS (
    UPDATE runs SET
        status = 'IN_PROGRESS', not_before = NULL, started_at = coalesce(started_at, clock_timestamp()),
        progress = NULL, lease_token = :token, lease_owner = :owner,
        lease_until = clock_timestamp() + make_interval(secs => :lease)
    WHERE id = :id
      AND (status = 'QUEUED' OR (status = 'RETRYING' AND not_before <= (SELECT clock_timestamp())))
    RETURNING *
), unstaged AS (
    DELETE FROM run_pages USING claimed WHERE run_id = claimed.id
)
SELECT claimed.*, p.url, p.max_pages, p.max_depth, p.delay_seconds, p.include, p.exclude
FROM claimed JOIN projects p ON p.id = claimed.project_id;

-- name: run_renew
-- One heartbeat for all leases of a process; those that are not returned are lost.
UPDATE runs r SET lease_until = clock_timestamp() + make_interval(secs => :lease)
FROM unnest(:ids::uuid[], :tokens::uuid[]) AS held (id, token)
WHERE r.id = held.id AND r.lease_token = held.token AND r.status = 'IN_PROGRESS'
RETURNING held.token;

-- name: run_hand_back
-- A worker that stops gives its run back; nothing is counted.
UPDATE runs SET status = 'QUEUED', lease_until = NULL
WHERE id = :id AND lease_token = :token AND status = 'IN_PROGRESS' RETURNING id;

-- name: run_retry
-- A run that failed for now waits for its next try; `by_crash` tells a lost lease from a failed crawl.
UPDATE runs SET
    status = 'RETRYING', lease_until = NULL, not_before = clock_timestamp() + :wait::interval,
    attempt = attempt + CASE WHEN :by_crash::boolean THEN 0 ELSE 1 END,
    crashes = crashes + CASE WHEN :by_crash::boolean THEN 1 ELSE 0 END,
    error_code = :error_code, error_message = :error_message
WHERE id = :id AND lease_token = :token AND status = 'IN_PROGRESS'
RETURNING *;

-- name: run_end
-- A run ends, its schedule is settled and the ledger's rows of that are written: all, or without a row nothing.  A leased
-- run ends by its token alone; without a token, which is a cancel, an active one does, whoever holds it.
WITH ended AS (
    UPDATE runs SET
        status = :status, lease_until = NULL, not_before = NULL, finished_at = :now, coalesced = :coalesced,
        version_id = :version_id, error_code = :error_code, error_message = :error_message, summary = :summary,
        progress = :progress, changes = :changes, attempt = attempt + :failures, crashes = crashes + :crashes
    WHERE id = :id AND CASE
        WHEN :token::uuid IS NULL THEN is_active(status)
        ELSE lease_token = :token AND status = 'IN_PROGRESS'
    END
    RETURNING *
), noted AS (
    INSERT INTO occurrences (project_id, first, last, count, outcome, reason, run_id, cron_expression, timezone)
    SELECT ended.project_id, e.first, e.last, e.count, e.outcome, e.reason, e.run_id, e.cron_expression, e.timezone
    FROM ended, jsonb_populate_recordset(NULL::occurrences, :rows) e
), settled AS (
    UPDATE project_configs c SET
        is_enabled = :is_enabled, schedule_state = :schedule_state, halted_by = :halted_by,
        halted_reason = :halted_reason, last_run_at = :last_run_at, next_run_at = :next_run_at,
        next_due_at = :next_due_at, next_job_id = :next_job_id, stale_after = :stale_after,
        accounted_until = :accounted_until
    FROM ended WHERE c.project_id = ended.project_id
)
SELECT * FROM ended;

-- name: run_expired
-- Runs whose lease has run out.
SELECT id, project_id, lease_token, crashes FROM runs
WHERE status = 'IN_PROGRESS' AND lease_until < (SELECT clock_timestamp())
ORDER BY lease_until LIMIT :limit;

-- name: run_lock_expired
-- Last in the order of locks: the run of a lease that has run out, unless a peer rescues it already.
SELECT * FROM runs
WHERE id = :id AND status = 'IN_PROGRESS' AND lease_until < (SELECT clock_timestamp())
FOR UPDATE SKIP LOCKED;

-- name: run_verdicts
-- What is to be done with ids that Redis holds as due.
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
-- How many ids the lists in Redis should hold: runs that may start, and those that are under way.
SELECT count(*) FROM runs
WHERE status IN ('QUEUED', 'IN_PROGRESS') OR (status = 'RETRYING' AND not_before <= (SELECT clock_timestamp()));

-- name: run_backlog
-- For those who watch: how many leases hold, and for how long the oldest job that is due has been waiting.
SELECT
    (SELECT count(*) FROM runs WHERE status = 'IN_PROGRESS' AND lease_until >= (SELECT clock_timestamp())) AS leases,
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
    )), 0)::float8 AS lag_seconds;

-- name: run_ready_page
-- Runs that may start, a page by project: each has one at most.
SELECT id, project_id, trigger, scheduled_for FROM runs
WHERE project_id > :after::uuid
  AND (status = 'QUEUED' OR (status = 'RETRYING' AND not_before <= (SELECT clock_timestamp())))
ORDER BY project_id LIMIT :limit;
