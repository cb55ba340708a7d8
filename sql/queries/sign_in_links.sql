-- name: sign_in_link_insert
-- Stores a new link, valid for so many seconds.  The same request, made again when the response to the first is no
-- longer stored, derives the same secret: its link is made anew.
INSERT INTO sign_in_links (sha256, user_id, expires_at)
VALUES (:sha256, :user_id, clock_timestamp() + make_interval(secs => :seconds))
ON CONFLICT (sha256) DO UPDATE SET user_id = excluded.user_id, expires_at = excluded.expires_at, used_at = NULL
RETURNING expires_at;

-- name: sign_in_link_find
-- A link that may still be used.
SELECT user_id FROM sign_in_links
WHERE sha256 = :sha256 AND used_at IS NULL AND expires_at > (SELECT clock_timestamp());

-- name: sign_in_link_use
-- Uses up a link; no row if it may no longer be used.
UPDATE sign_in_links SET used_at = clock_timestamp()
WHERE sha256 = :sha256 AND used_at IS NULL AND expires_at > (SELECT clock_timestamp()) RETURNING sha256;

-- name: sign_in_link_exists
-- Whether a link with this secret was made, for a request that is repeated.
SELECT EXISTS (SELECT FROM sign_in_links WHERE sha256 = :sha256);

-- name: sign_in_link_revoke
-- Deletes the links of a user that were not used; without a user, those that make the first admin.
DELETE FROM sign_in_links WHERE user_id IS NOT DISTINCT FROM :user_id::uuid AND used_at IS NULL;

-- name: sign_in_link_purge
-- Deletes links that have run out, used or not.
DELETE FROM sign_in_links WHERE expires_at < (SELECT clock_timestamp());
