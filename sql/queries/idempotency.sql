-- name: idempotency_lock
-- Requests with the same key of the same token come one after the other.
SELECT pg_advisory_xact_lock(hashtextextended(:token_id::text || :key, 0));

-- name: idempotency_find
-- The response to an earlier request with this key.
SELECT request_sha256, status, body FROM idempotency_keys
WHERE token_id = :token_id AND key = :key AND created_at > (SELECT clock_timestamp()) - interval '24 hours';

-- name: idempotency_insert
-- Keeps the response; one that has run out gives way.
INSERT INTO idempotency_keys (token_id, key, request_sha256, status, body)
VALUES (:token_id, :key, :request_sha256, :status, :body)
ON CONFLICT (token_id, key) DO UPDATE SET
    request_sha256 = excluded.request_sha256, status = excluded.status, body = excluded.body,
    created_at = excluded.created_at;

-- name: idempotency_purge
-- Forgets the responses whose time is over.
DELETE FROM idempotency_keys WHERE created_at < (SELECT clock_timestamp()) - interval '24 hours';
