-- name: deliveries_claim
-- Takes deliveries that are due for one attempt each, whose lease is `lease` seconds; a few of each target at once, so
-- that one with ten thousand takes no place from others, and those of targets that fail last and at most
-- `failing_room`.  Of a target that is told in order the oldest alone, and only once it is due.
-- The targets are found by leaps over an index.  What another process has taken meanwhile is left out.
WITH RECURSIVE waiting (target_id) AS (
    (SELECT target_id FROM deliveries WHERE status = 'PENDING' ORDER BY target_id LIMIT 1)
    UNION ALL
    SELECT (
        SELECT d.target_id FROM deliveries d
        WHERE d.status = 'PENDING' AND d.target_id > w.target_id ORDER BY d.target_id LIMIT 1
    )
    FROM waiting w WHERE w.target_id IS NOT NULL
), due AS (
    SELECT d.id, d.place, d.not_before, t.failing_since IS NOT NULL AS is_failing
    FROM waiting w JOIN targets t ON t.id = w.target_id
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
    WHERE t.is_enabled
), chosen AS (
    SELECT id FROM (
        (SELECT * FROM due WHERE NOT is_failing ORDER BY place, not_before LIMIT :room)
        UNION ALL
        (SELECT * FROM due WHERE is_failing ORDER BY place, not_before LIMIT :failing_room)
    ) picked
    ORDER BY is_failing, place, not_before LIMIT :room
), free AS (
    SELECT d.id FROM deliveries d JOIN chosen ON chosen.id = d.id
    WHERE d.status = 'PENDING' AND d.not_before <= (SELECT clock_timestamp())
    FOR NO KEY UPDATE OF d SKIP LOCKED
), claimed AS (
    UPDATE deliveries d SET
        lease_token = gen_random_uuid(), attempt = d.attempt + 1,
        not_before = clock_timestamp() + make_interval(secs => :lease)
    FROM free WHERE d.id = free.id
    RETURNING d.*
)
SELECT c.id, c.lease_token AS token, c.attempt, c.content, c.target_id, t.kind, t.name, t.options, t.shown_address,
       t.sealed, coalesce(clock_timestamp() - t.failing_since, '0') AS failing_for, t.failing_since IS NOT NULL AS is_failing,
       e.id AS event_id, e.kind AS event_kind, e.at, coalesce(e.project_id, t.project_id) AS project_id, e.run_id, e.payload,
       clock_timestamp() AS now
FROM claimed c JOIN targets t ON t.id = c.target_id LEFT JOIN events e ON e.number = c.event_number;

-- name: deliveries_settle
-- Notes what came of an attempt, if the lease is still ours, and whether its target has failed since its last success.
WITH settled AS (
    UPDATE deliveries SET
        status = :status, lease_token = NULL, not_before = clock_timestamp() + :wait::interval,
        finished_at = CASE WHEN :status = 'PENDING' THEN NULL ELSE clock_timestamp() END,
        status_code = :status_code, milliseconds = :milliseconds, answer = :answer, error = :error
    WHERE id = :id AND lease_token = :token AND status = 'PENDING'
    RETURNING target_id
), noted AS (
    UPDATE targets t SET failing_since = CASE WHEN :has_succeeded THEN NULL ELSE clock_timestamp() END
    FROM settled WHERE t.id = settled.target_id AND (t.failing_since IS NULL) <> :has_succeeded::boolean
)
SELECT true FROM settled;

-- name: deliveries_hand_back
-- Lets deliveries that a process took and did not get to be tried by another at once, without counting the attempt.
UPDATE deliveries SET lease_token = NULL, not_before = clock_timestamp(), attempt = attempt - 1
WHERE lease_token = ANY(:tokens::uuid[]) AND status = 'PENDING';

-- name: deliveries_give_up
-- Gives up what a target has not been told yet.
UPDATE deliveries SET status = 'FAILED', lease_token = NULL, finished_at = clock_timestamp(), error = :error
WHERE target_id = :target_id AND status = 'PENDING';

-- name: deliveries_oldest
-- For how many seconds the oldest event that somebody is still to be told of has been waiting.
SELECT coalesce(extract(epoch FROM clock_timestamp() - least(
    (SELECT min(created_at) FROM deliveries WHERE status = 'PENDING'),
    (SELECT at FROM events WHERE payload IS NULL ORDER BY number LIMIT 1)
)), 0)::float8;
