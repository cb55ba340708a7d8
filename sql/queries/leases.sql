-- name: lease_claim
-- Claims a run that may start, deletes the pages that an earlier attempt staged, and returns the run with the crawl
-- options of its project.  No row if another worker has claimed it, its time has not come, as many runs of its host are
-- in progress as may be (a scheduled one leaves room for those that somebody waits for), or it is a suspect and this
-- process holds another.
WITH claimed AS (
    UPDATE runs r SET
        host = place_of(p.url, p.delay_seconds), status = 'IN_PROGRESS', not_before = NULL,
        started_at = coalesce(started_at, clock_timestamp()), progress = NULL, lease_token = :token, lease_owner = :owner,
        lease_until = clock_timestamp() + make_interval(secs => :lease)
    FROM projects p
    WHERE r.id = :id AND p.id = r.project_id
      AND (status = 'QUEUED' OR (status = 'RETRYING' AND not_before <= (SELECT clock_timestamp())))
      AND has_room(place_of(p.url, p.delay_seconds), :most_per_host::integer - CASE
          WHEN r.trigger = 'schedule' THEN urgent_waiting(place_of(p.url, p.delay_seconds), :most_per_host::integer)
          ELSE 0
      END)
      AND (NOT r.is_suspect OR holds_no_suspect(:owner::uuid))
    RETURNING r.*
), unstaged AS (
    DELETE FROM run_pages USING claimed WHERE run_id = claimed.id
)
SELECT claimed.*, p.url, p.max_pages, p.max_depth, p.delay_seconds, p.include, p.exclude, p.keep, p.drop, p.languages,
       p.versions, p.scope, p.folder
FROM claimed JOIN projects p ON p.id = claimed.project_id;

-- name: lease_renew
-- Renews all leases of a process at once and returns their tokens; a token that is not returned has lost its lease.
-- The lease of a row that another transaction has locked is extended in `lease_extensions`, without waiting.
WITH held AS (
    SELECT r.id, r.lease_token AS token FROM runs r
    JOIN unnest(:ids::uuid[], :tokens::uuid[]) AS asked (id, token) ON asked.id = r.id
    WHERE r.lease_token = asked.token AND r.status = 'IN_PROGRESS'
), free AS (
    SELECT r.id FROM runs r JOIN held ON held.id = r.id
    WHERE r.lease_token = held.token AND r.status = 'IN_PROGRESS'
    FOR NO KEY UPDATE OF r SKIP LOCKED
), renewed AS (
    UPDATE runs r SET lease_until = clock_timestamp() + make_interval(secs => :lease)
    FROM free WHERE r.id = free.id
), extended AS (
    INSERT INTO lease_extensions (token, until)
    SELECT token, clock_timestamp() + make_interval(secs => :lease) FROM held
    WHERE held.id NOT IN (SELECT id FROM free)
    ON CONFLICT (token) DO UPDATE SET until = excluded.until
)
SELECT token FROM held;

-- name: lease_forget_extensions
-- Deletes extensions of leases that are over.
DELETE FROM lease_extensions WHERE until < (SELECT clock_timestamp());

-- name: lease_shorten
-- Shortens leases that end later than so many seconds from now: they were made while the clock was ahead, and would
-- keep their runs from being rescued.  A process that lives renews them in that time.
WITH shortened AS (
    UPDATE lease_extensions SET until = clock_timestamp() + make_interval(secs => :most)
    WHERE token IN (
        SELECT token FROM lease_extensions
        WHERE until > (SELECT clock_timestamp()) + make_interval(secs => :most) FOR UPDATE SKIP LOCKED
    )
)
UPDATE runs SET lease_until = clock_timestamp() + make_interval(secs => :most)
WHERE id IN (
    SELECT id FROM runs
    WHERE status = 'IN_PROGRESS' AND lease_until > (SELECT clock_timestamp()) + make_interval(secs => :most)
    FOR NO KEY UPDATE SKIP LOCKED
);

-- name: lease_hand_back
-- Returns the run of a stopping worker to the queue, without counting a failed attempt or a crash.
UPDATE runs SET status = 'QUEUED', lease_until = NULL
WHERE id = :id AND lease_token = :token AND status = 'IN_PROGRESS' RETURNING id;

-- name: lease_expired
-- Runs whose lease has expired, and whether their process held no other: one that it held may wait already for its next
-- attempt.  Paged by the end of the lease and the run.
WITH expired AS (
    SELECT id, project_id, lease_token, lease_owner, lease_until FROM runs
    WHERE status = 'IN_PROGRESS' AND lease_until < (SELECT clock_timestamp()) AND NOT is_extended(lease_token)
      AND (lease_until, id) > (:after_until::timestamptz, :after_id::uuid)
    ORDER BY lease_until, id LIMIT :limit
), held AS (
    SELECT lease_owner, count(*) AS count FROM runs
    WHERE is_active(status) AND lease_owner IN (SELECT lease_owner FROM expired)
    GROUP BY lease_owner
)
SELECT e.id, e.project_id, e.lease_token, e.lease_until, coalesce(held.count = 1, false) AS was_alone
-- LEFT JOIN: a run without a known holder is rescued as well.
FROM expired e LEFT JOIN held USING (lease_owner) ORDER BY e.lease_until, e.id;

-- name: lease_lock_expired
-- Locks a run whose lease has expired, unless another process is rescuing it.  Always the last lock that is taken.
SELECT * FROM runs
WHERE id = :id AND status = 'IN_PROGRESS' AND lease_until < (SELECT clock_timestamp()) AND NOT is_extended(lease_token)
FOR UPDATE SKIP LOCKED;
