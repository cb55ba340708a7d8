-- name: session_insert
-- Stores a new session.
INSERT INTO sessions (id, sha256, user_id, token_id, begun_with, address, user_agent)
VALUES (:id, :sha256, :user_id, :token_id, :begun_with, :address, :user_agent);

-- name: session_find
-- Who is signed in with this cookie.  A session ends after 14 days without use, after 90 days in all, and when the
-- token that it was begun with runs out.  Its use is recorded to the minute, as that of a token.
WITH used AS (
    UPDATE sessions SET last_used_at = clock_timestamp()
    WHERE sha256 = :sha256
      AND last_used_at > (SELECT clock_timestamp()) - interval '14 days'
      AND last_used_at < (SELECT clock_timestamp()) - interval '1 minute'
    RETURNING id
)
SELECT
    s.id AS session_id,
    s.begun_with = 'link' AND s.created_at > (SELECT clock_timestamp()) - interval '1 hour' AS was_let_in_by_link,
    least(s.created_at + interval '90 days', (SELECT clock_timestamp()) + interval '14 days', t.expires_at)
        AS session_expires_at,
    t.id AS token_id, t.name AS token_name, t.scope, t.expires_at AS token_expires_at,
    u.id AS user_id, u.name AS user_name, u.role AS user_role,
    EXISTS (SELECT FROM used) AS is_stamped
FROM sessions s
LEFT JOIN tokens t ON t.id = s.token_id
LEFT JOIN users u ON u.id = s.user_id
WHERE s.sha256 = :sha256
  AND s.created_at > (SELECT clock_timestamp()) - interval '90 days'
  AND s.last_used_at > (SELECT clock_timestamp()) - interval '14 days'
  AND (t.expires_at IS NULL OR t.expires_at > (SELECT clock_timestamp()));

-- name: session_page
-- The sessions of a user, or else of a token that is nobody's, newest first.
SELECT id, address, user_agent, created_at, last_used_at FROM sessions
WHERE (user_id = :user_id::uuid OR (:user_id::uuid IS NULL AND user_id IS NULL AND token_id = :token_id::uuid))
  AND created_at > (SELECT clock_timestamp()) - interval '90 days'
  AND last_used_at > (SELECT clock_timestamp()) - interval '14 days'
  AND (:before_at::timestamptz IS NULL OR (created_at, id) < (:before_at, :before_id::uuid))
ORDER BY created_at DESC, id DESC LIMIT :limit;

-- name: session_adopt
-- Hands the sessions that were begun with nobody's tokens to a user, as `token_adopt` does with the tokens.
UPDATE sessions SET user_id = :user_id WHERE user_id IS NULL AND token_id <> :except_token_id;

-- name: session_delete
-- Ends one session of a user.
DELETE FROM sessions WHERE id = :id AND user_id = :user_id RETURNING id;

-- name: session_delete_by_hash
-- Ends the session of this cookie.
DELETE FROM sessions WHERE sha256 = :sha256 RETURNING id, user_id;

-- name: session_delete_others
-- Ends all sessions of a user but one.
DELETE FROM sessions WHERE user_id = :user_id AND id IS DISTINCT FROM :except_id;

-- name: session_purge
-- Deletes sessions that have ended by themselves.
DELETE FROM sessions
WHERE created_at < (SELECT clock_timestamp()) - interval '90 days'
   OR last_used_at < (SELECT clock_timestamp()) - interval '14 days';
