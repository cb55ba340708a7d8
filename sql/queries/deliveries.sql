-- name: deliveries_claim
-- Takes deliveries that are due for one attempt each, whose lease is `lease` seconds; a few of each target at once, so
-- that one with ten thousand takes no place from others, and those of targets that fail last and at most
-- `failing_room`.  Of a target that is told in order the oldest alone, and only once it is due. As a rule few
-- deliveries are due, and these name their targets.  Where many are, the targets are found by leaps over an index, each
-- of which says when the first of a target is due.  OFFSET 0 and ARRAY keep the planner, which takes them for many,
-- from reading all targets and deliveries.  What another process has taken meanwhile is left out. Nothing waits for the
-- disk: what a crash of Postgres undoes is claimed once more.
WITH RECURSIVE soonest AS MATERIALIZED (
    SELECT target_id FROM deliveries
    WHERE status = 'PENDING' AND not_before <= (SELECT clock_timestamp())
    ORDER BY not_before LIMIT :few
), leaps (target_id, not_before) AS (
    SELECT * FROM (
        SELECT target_id, not_before FROM deliveries
        WHERE status = 'PENDING' AND :few <= (SELECT count(*) FROM soonest)
        ORDER BY target_id, not_before LIMIT 1
    ) first
    UNION ALL
    SELECT next.target_id, next.not_before
    FROM leaps CROSS JOIN LATERAL (
        SELECT d.target_id, d.not_before FROM deliveries d
        WHERE d.status = 'PENDING' AND d.target_id > leaps.target_id ORDER BY d.target_id, d.not_before LIMIT 1
    ) next
), waiting AS MATERIALIZED (
    SELECT target_id FROM soonest
    UNION
    SELECT target_id FROM leaps WHERE not_before <= (SELECT clock_timestamp())
), due AS (
    SELECT d.id, d.place, d.not_before, t.failing_since IS NOT NULL AS is_failing
    FROM waiting w
    CROSS JOIN LATERAL (
        SELECT id, is_ordered, failing_since FROM targets WHERE id = w.target_id AND is_enabled OFFSET 0
    ) t
    CROSS JOIN LATERAL (
        SELECT count(*) AS count FROM deliveries h
        WHERE h.target_id = t.id AND h.lease_token IS NOT NULL AND h.not_before > (SELECT clock_timestamp())
    ) held
    CROSS JOIN LATERAL (
        (
            SELECT first.id, first.not_before, 1 AS place FROM (
                SELECT o.id, o.not_before FROM deliveries o
                WHERE t.is_ordered AND o.target_id = t.id AND o.status = 'PENDING' ORDER BY o.number LIMIT 1
            ) first
            WHERE first.not_before <= (SELECT clock_timestamp())
        ) UNION ALL (
            SELECT u.id, u.not_before, row_number() OVER (ORDER BY u.not_before) FROM deliveries u
            WHERE NOT t.is_ordered AND u.target_id = t.id AND u.status = 'PENDING'
              AND u.not_before <= (SELECT clock_timestamp())
            ORDER BY u.not_before LIMIT greatest(0, :per_target - held.count)
        )
    ) d
), chosen AS (
    SELECT id FROM (
        (SELECT * FROM due WHERE NOT is_failing ORDER BY place, not_before LIMIT :room)
        UNION ALL
        (SELECT * FROM due WHERE is_failing ORDER BY place, not_before LIMIT :failing_room)
    ) picked
    ORDER BY is_failing, place, not_before LIMIT :room
), free AS (
    SELECT d.id FROM deliveries d
    WHERE d.id = ANY(ARRAY(SELECT id FROM chosen)) AND d.status = 'PENDING' AND d.not_before <= (SELECT clock_timestamp())
    FOR NO KEY UPDATE OF d SKIP LOCKED
), claimed AS (
    UPDATE deliveries d SET
        lease_token = gen_random_uuid(), attempt = d.attempt + 1, lost = d.lost + (d.lease_token IS NOT NULL)::integer,
        not_before = clock_timestamp() + make_interval(secs => :lease)
    FROM free WHERE d.id = free.id
    RETURNING d.*
)
SELECT c.id, c.lease_token AS token, c.attempt, c.lost, c.content, c.target_id, t.kind, t.name, t.options,
       t.shown_address, t.sealed, t.confirmed_at IS NOT NULL AS is_confirmed,
       coalesce(clock_timestamp() - t.failing_since, '0') AS failing_for, t.failing_since IS NOT NULL AS is_failing,
       e.id AS event_id, e.kind AS event_kind, e.at, coalesce(e.project_id, t.project_id) AS project_id, e.run_id,
       e.payload, clock_timestamp() AS now, set_config('synchronous_commit', 'off', true) AS without_sync
FROM claimed c JOIN targets t ON t.id = c.target_id LEFT JOIN events e ON e.number = c.event_number;

-- name: deliveries_settle
-- Notes what came of an attempt, if the lease is still ours, and whether its target has failed since its last success.
-- A target that changes is locked before its delivery, in the order of whoever gives up all deliveries of a target.
-- It does not wait for the disk: what a crash of Postgres undoes is told once more, under the same id.
WITH changing AS MATERIALIZED (
    SELECT t.id FROM targets t
    WHERE t.id = (SELECT target_id FROM deliveries WHERE id = :id AND lease_token = :token)
      AND (t.failing_since IS NULL) <> :has_succeeded::boolean
    FOR NO KEY UPDATE
), settled AS (
    UPDATE deliveries SET
        status = :status, lease_token = NULL, not_before = clock_timestamp() + :wait::interval,
        finished_at = CASE WHEN :status = 'PENDING' THEN NULL ELSE clock_timestamp() END,
        status_code = :status_code, milliseconds = :milliseconds, answer = :answer, error = :error
    WHERE id = :id AND lease_token = :token AND status = 'PENDING' AND (SELECT count(*) FROM changing) >= 0
    RETURNING target_id
), noted AS (
    UPDATE targets t SET failing_since = CASE WHEN :has_succeeded THEN NULL ELSE clock_timestamp() END
    FROM settled, changing WHERE t.id = settled.target_id AND t.id = changing.id
)
SELECT true, set_config('synchronous_commit', 'off', true) FROM settled;

-- name: deliveries_hand_back
-- Makes deliveries that a process took and did not get to due at once for another, without counting the attempt.
WITH taken AS (
    SELECT id FROM deliveries WHERE lease_token = ANY(:tokens::uuid[]) AND status = 'PENDING'
    ORDER BY id FOR NO KEY UPDATE
)
UPDATE deliveries d SET lease_token = NULL, not_before = clock_timestamp(), attempt = attempt - 1
FROM taken WHERE d.id = taken.id;

-- name: deliveries_postpone
-- Postpones a delivery that a process took until a time, without counting the attempt.
UPDATE deliveries SET lease_token = NULL, not_before = :until, attempt = attempt - 1
WHERE lease_token = :token AND status = 'PENDING';

-- name: deliveries_shorten_waits
-- Makes deliveries due that would wait longer than any may, which only a clock that was ahead can have caused.
UPDATE deliveries SET not_before = clock_timestamp()
WHERE id IN (
    SELECT id FROM deliveries
    WHERE status = 'PENDING' AND not_before > (SELECT clock_timestamp()) + :most::interval
    FOR NO KEY UPDATE SKIP LOCKED
);

-- name: deliveries_give_up
-- Gives up what a target has not been told yet.
WITH untold AS (
    SELECT id FROM deliveries WHERE target_id = :target_id AND status = 'PENDING' ORDER BY id FOR NO KEY UPDATE
)
UPDATE deliveries d SET status = 'FAILED', lease_token = NULL, finished_at = clock_timestamp(), error = :error
FROM untold WHERE d.id = untold.id;

-- name: deliveries_give_up_disabled
-- Gives up what a target, or any, has not been told yet, as long as it is disabled.  ARRAY and OFFSET 0 have each of
-- these targets looked up, which are few: a join would read all that is pending.
WITH untold AS (
    SELECT id FROM deliveries
    WHERE status = 'PENDING' AND id = ANY(ARRAY(
        SELECT d.id FROM targets t
        CROSS JOIN LATERAL (SELECT id FROM deliveries WHERE target_id = t.id AND status = 'PENDING' OFFSET 0) d
        WHERE NOT t.is_enabled AND (:target_id::uuid IS NULL OR t.id = :target_id)
    ))
    ORDER BY id FOR NO KEY UPDATE
)
UPDATE deliveries d SET
    status = 'FAILED', lease_token = NULL, finished_at = clock_timestamp(), error = 'its target was disabled'
FROM untold WHERE d.id = untold.id
RETURNING 1;

-- name: deliveries_supersede
-- Ends older deliveries in favour of the newest one of each target, unless a process holds them; for targets that get
-- what is in force, whatever event they are told of.
-- A row that is locked is skipped: whoever notes an attempt waits for the target, which the caller may have locked.
WITH older AS (
    SELECT d.id FROM unnest(:target_ids::uuid[]) AS asked (target_id) JOIN deliveries d ON d.target_id = asked.target_id
    WHERE d.status = 'PENDING' AND (d.lease_token IS NULL OR d.not_before <= clock_timestamp())
      AND d.number < (SELECT max(number) FROM deliveries WHERE target_id = asked.target_id AND status = 'PENDING')
    FOR NO KEY UPDATE OF d SKIP LOCKED
)
UPDATE deliveries d SET
    status = 'DELIVERED', lease_token = NULL, finished_at = clock_timestamp(), answer = 'left to a later one',
    error = NULL
FROM older WHERE d.id = older.id;

-- name: deliveries_oldest
-- The age in seconds of the oldest event that somebody is still to be told of.
SELECT coalesce(extract(epoch FROM clock_timestamp() - least(
    (SELECT min(created_at) FROM deliveries WHERE status = 'PENDING'),
    (SELECT at FROM events WHERE payload IS NULL ORDER BY number LIMIT 1)
)), 0)::float8;

-- name: deliveries_insert_test
-- Notes a test with its event, of which nobody else is told.
WITH tested AS (
    INSERT INTO events (id, at, kind, project_id, details, payload)
    VALUES (:event_id, :at, 'test', :project_id, :details, :payload)
    RETURNING number, project_id
)
INSERT INTO deliveries (
    id, target_id, number, event_number, project_id, status, attempt, finished_at, status_code, milliseconds, answer,
    error
)
SELECT :id, t.id, tested.number, tested.number, tested.project_id, :status, 1, clock_timestamp(), :status_code,
       :milliseconds, :answer, :error
FROM tested, targets t WHERE t.id = :target_id
FOR KEY SHARE OF t;

-- name: deliveries_page
-- Deliveries, newest first: to one target, of events of one project, and of one status.
SELECT d.id, d.target_id, t.name AS target_name, t.kind AS target_kind, e.kind AS event_kind, e.number AS event_number,
       e.id AS event_id, d.project_id, d.status, d.attempt, d.not_before, d.created_at, d.finished_at, d.status_code,
       d.milliseconds, d.answer, d.error
FROM deliveries d JOIN targets t ON t.id = d.target_id LEFT JOIN events e ON e.number = d.event_number
WHERE (:target_id::uuid IS NULL OR d.target_id = :target_id)
  AND (:project_id::uuid IS NULL OR d.project_id = :project_id)
  AND (:status::text IS NULL OR d.status = :status)
  AND (:before_at::timestamptz IS NULL OR (d.created_at, d.id) < (:before_at, :before_id::uuid))
ORDER BY d.created_at DESC, d.id DESC LIMIT :limit;

-- name: deliveries_lock
-- One delivery with what decides whether it can be made again, locked.
SELECT d.id, d.target_id, t.name AS target_name, t.project_id, t.is_enabled, d.status,
       t.kind <> 'email' OR t.confirmed_at IS NOT NULL AS is_confirmed,
       d.lease_token IS NOT NULL AND d.not_before > clock_timestamp() AS is_under_way,
       d.content IS NOT NULL OR length(e.payload) > 0 AS is_kept
FROM deliveries d JOIN targets t ON t.id = d.target_id LEFT JOIN events e ON e.number = d.event_number
WHERE d.id = :id FOR NO KEY UPDATE OF d;

-- name: deliveries_resend
-- Lets a delivery be made again at once, with all of its attempts.
UPDATE deliveries SET
    status = 'PENDING', attempt = 0, lost = 0, not_before = clock_timestamp(), lease_token = NULL, finished_at = NULL
WHERE id = :id;
