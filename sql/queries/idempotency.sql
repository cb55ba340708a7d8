-- name: idempotency_lock
-- Makes concurrent requests of the same owner and key run one after another: held until the transaction ends.
SELECT pg_advisory_xact_lock(hashtextextended(:owner_id::text || :key, 0));

-- name: idempotency_find
-- The response to an earlier request with this key.  The column's name is from the time when only tokens had keys; now
-- it holds the id of a token or of a user.
SELECT request_sha256, status, body FROM idempotency_keys
WHERE token_id = :owner_id AND key = :key AND created_at > (SELECT clock_timestamp()) - interval '24 hours';

-- name: idempotency_insert
-- Stores the response, in place of an expired one that has not been purged yet.
INSERT INTO idempotency_keys (token_id, key, request_sha256, status, body)
VALUES (:owner_id, :key, :request_sha256, :status, :body)
ON CONFLICT (token_id, key) DO UPDATE SET
    request_sha256 = excluded.request_sha256, status = excluded.status, body = excluded.body,
    created_at = excluded.created_at;

-- name: idempotency_purge
-- Deletes expired responses.
DELETE FROM idempotency_keys WHERE created_at < (SELECT clock_timestamp()) - interval '24 hours';
