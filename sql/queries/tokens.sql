-- name: token_insert
-- Stores the hash of a new token.  The same request, made again when the response to the first is no longer stored,
-- derives the same token: it is then made anew.
WITH made AS (
    INSERT INTO tokens (id, name, sha256, user_id, scope, expires_at)
    VALUES (:id, :name, :sha256, :user_id, :scope, :expires_at)
    ON CONFLICT (sha256) DO UPDATE SET
        name = excluded.name, user_id = excluded.user_id, scope = excluded.scope, expires_at = excluded.expires_at
    RETURNING *
)
SELECT m.id, m.name, m.scope, m.user_id, u.name AS user_name, m.created_at, m.expires_at, m.last_used_at
FROM made m LEFT JOIN users u ON u.id = m.user_id;

-- name: token_turn
-- Makes replicas that start together store the token of the environment one after another, until the transaction ends.
SELECT pg_advisory_xact_lock(hashtextextended(:id::uuid::text, 0));

-- name: token_set
-- Stores the token set in the environment, unless it is there already, or is somebody's.
INSERT INTO tokens (id, name, sha256) VALUES (:id, :name, :sha256) ON CONFLICT DO NOTHING;

-- name: token_unset
-- Deletes the token of the environment, unless it has this hash; its sessions end with it.
DELETE FROM tokens WHERE id = :id AND sha256 IS DISTINCT FROM :sha256::bytea RETURNING id;

-- name: token_find
-- Finds the token of a request, and whose it is.  The time of use is exact to the minute only, so that a busy client
-- does not cause a write with every request.
WITH used AS (
    UPDATE tokens SET last_used_at = clock_timestamp()
    WHERE sha256 = :sha256
      AND (expires_at IS NULL OR expires_at > (SELECT clock_timestamp()))
      AND (last_used_at IS NULL OR last_used_at < (SELECT clock_timestamp()) - interval '1 minute')
    RETURNING id
)
SELECT
    t.id AS token_id, t.name AS token_name, t.scope, t.expires_at AS token_expires_at,
    u.id AS user_id, u.name AS user_name, u.role AS user_role,
    EXISTS (SELECT FROM used) AS is_stamped
FROM tokens t
LEFT JOIN users u ON u.id = t.user_id
WHERE t.sha256 = :sha256 AND (t.expires_at IS NULL OR t.expires_at > (SELECT clock_timestamp()));

-- name: token_id
-- Whether the token that a repeated request derives is the one that the first request made.
SELECT id FROM tokens WHERE sha256 = :sha256;

-- name: token_lock
-- Keeps a token from being revoked until the transaction ends.
SELECT true FROM tokens WHERE id = :id FOR KEY SHARE;

-- name: token_page
-- Tokens, newest first: of one user, or all.
SELECT t.id, t.name, t.scope, t.user_id, u.name AS user_name, t.created_at, t.expires_at, t.last_used_at
FROM tokens t LEFT JOIN users u ON u.id = t.user_id
WHERE (:user_id::uuid IS NULL OR t.user_id = :user_id)
  AND (:before_at::timestamptz IS NULL OR (t.created_at, t.id) < (:before_at, :before_id::uuid))
ORDER BY t.created_at DESC, t.id DESC LIMIT :limit;

-- name: token_adopt
-- Hands the tokens that are nobody's to a user, except for the one that is set in the environment.
UPDATE tokens SET user_id = :user_id WHERE user_id IS NULL AND id <> :except_id;

-- name: token_delete
-- Revokes a token of a user, or of anybody, with what was stored for its requests.
WITH gone AS (
    DELETE FROM tokens WHERE id = :id AND (:of_anybody OR user_id = :user_id) RETURNING id, name
), forgotten AS (
    DELETE FROM idempotency_keys WHERE token_id IN (SELECT id FROM gone)
)
SELECT id, name FROM gone;

-- name: token_delete_of_user
-- Revokes all tokens of a user, with what was stored for their requests.
WITH gone AS (
    DELETE FROM tokens WHERE user_id = :user_id RETURNING id, name
), forgotten AS (
    DELETE FROM idempotency_keys WHERE token_id IN (SELECT id FROM gone)
)
SELECT id, name FROM gone ORDER BY name, id;
