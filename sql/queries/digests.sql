-- name: digest_note
-- Keeps what the next digests tell.
INSERT INTO digest_entries (target_id, event_number)
SELECT t.id, n.number FROM unnest(:targets::uuid[], :numbers::bigint[]) AS n (target_id, number)
JOIN targets t ON t.id = n.target_id
ORDER BY t.id, n.number
FOR KEY SHARE OF t
ON CONFLICT DO NOTHING;

-- name: digest_due
-- The targets whose digest is due, paged by target, so that those in their quiet hours hold up no others.  One that would
-- come later than so much from now was planned by a clock that was ahead, and is due as well.  MATERIALIZED keeps the
-- planner from reading all targets in the order of their ids.
WITH due AS MATERIALIZED (
    SELECT id, options FROM targets
    WHERE (
        next_digest_at <= (SELECT clock_timestamp())
        OR next_digest_at > (SELECT clock_timestamp()) + CASE options ->> 'digest'
            WHEN 'daily' THEN :most_daily::interval ELSE :most_weekly::interval
        END
    ) AND is_enabled AND confirmed_at IS NOT NULL AND id > :after::uuid
)
SELECT id, options, clock_timestamp() AS now FROM due ORDER BY id LIMIT :limit;

-- name: digest_payloads
-- What a digest tells, oldest first, after the event of a number; of events that are kept no more there is no payload.
SELECT d.event_number AS number, e.payload
FROM digest_entries d LEFT JOIN events e ON e.number = d.event_number
WHERE d.target_id = :target_id AND d.event_number > :after ORDER BY d.event_number LIMIT :limit;

-- name: digest_told
-- Notes that a digest tells of these events, and when the next one is due.  An event with a lower number than theirs may
-- have been noted since they were read: its transaction ended later.
WITH told AS (
    DELETE FROM digest_entries WHERE target_id = :target_id AND event_number = ANY(:numbers::bigint[])
)
UPDATE targets SET next_digest_at = :next WHERE id = :target_id;

-- name: digest_schedule
-- When the next digest is due; what was kept for one that is not wanted any more goes.
WITH gone AS (
    DELETE FROM digest_entries WHERE target_id = :id AND :next::timestamptz IS NULL
)
UPDATE targets SET next_digest_at = CASE WHEN confirmed_at IS NULL THEN NULL ELSE :next::timestamptz END WHERE id = :id;
