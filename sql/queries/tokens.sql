-- name: token_insert
-- A new token, by its hash.  One that was derived from the same request before is that token.
INSERT INTO tokens (id, name, sha256) VALUES (:id, :name, :sha256)
ON CONFLICT (sha256) DO UPDATE SET name = excluded.name
RETURNING id, name, created_at, last_used_at;

-- name: token_set
-- The token that the environment names: always the one of today.
INSERT INTO tokens (id, name, sha256) VALUES (:id, :name, :sha256)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, sha256 = excluded.sha256;

-- name: token_find
-- Whose request it is.  The time of use is kept to the minute, so that a busy script doesn't write each time.
WITH used AS (
    UPDATE tokens SET last_used_at = clock_timestamp()
    WHERE sha256 = :sha256
      AND (last_used_at IS NULL OR last_used_at < (SELECT clock_timestamp()) - interval '1 minute')
)
SELECT id FROM tokens WHERE sha256 = :sha256;

-- name: token_page
-- All tokens, newest first.
SELECT id, name, created_at, last_used_at FROM tokens
WHERE :before_at::timestamptz IS NULL OR (created_at, id) < (:before_at, :before_id::uuid)
ORDER BY created_at DESC, id DESC LIMIT :limit;

-- name: token_lock
-- Replicas that start together make one first token, not each its own.
LOCK TABLE tokens IN SHARE ROW EXCLUSIVE MODE;

-- name: token_count
-- Whether anybody can sign in.
SELECT count(*) FROM tokens;

-- name: token_delete
-- Revokes a token.
DELETE FROM tokens WHERE id = :id RETURNING id;
