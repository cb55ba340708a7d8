-- name: token_insert
-- Stores the hash of a new token.  A repeated request derives the same token, and then the existing row is returned.
INSERT INTO tokens (id, name, sha256) VALUES (:id, :name, :sha256)
ON CONFLICT (sha256) DO UPDATE SET name = excluded.name
RETURNING id, name, created_at, last_used_at;

-- name: token_set
-- Stores the token set in the environment; a new value replaces the previous one.
INSERT INTO tokens (id, name, sha256) VALUES (:id, :name, :sha256)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, sha256 = excluded.sha256;

-- name: token_find
-- Finds the token of a request.  The time of use is exact to the minute only, so that a busy client does not cause a
-- write with every request.
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
-- Makes sure that replicas that start at the same time create only one first token between them.
LOCK TABLE tokens IN SHARE ROW EXCLUSIVE MODE;

-- name: token_count
-- The number of tokens: with none, nobody can sign in.
SELECT count(*) FROM tokens;

-- name: token_delete
-- Revokes a token.
DELETE FROM tokens WHERE id = :id RETURNING id;
