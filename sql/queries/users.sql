-- name: user_insert
-- Stores a new user.
INSERT INTO users (id, name, role) VALUES (:id, :name, :role) RETURNING *, password_hash IS NOT NULL AS has_password;

-- name: user_get
-- One user.
SELECT *, password_hash IS NOT NULL AS has_password FROM users WHERE id = :id;

-- name: user_by_name
-- The user of this name, whose case does not count.
SELECT *, password_hash IS NOT NULL AS has_password FROM users WHERE lower(name) = lower(:name);

-- name: user_lock
-- Keeps a user from being changed or deleted until the transaction ends; taken before any lock on what is theirs.
SELECT *, password_hash IS NOT NULL AS has_password FROM users WHERE id = :id FOR NO KEY UPDATE;

-- name: user_turn
-- Makes transactions that create, demote or delete users, or create tokens for the first admin, run one after another:
-- only one makes the first user, and two admins cannot each remove the other.  Taken before any other lock of users.  A
-- lock of the table would also hold up whoever signs in.
SELECT pg_advisory_xact_lock(hashtextextended('users', 0));

-- name: user_admins
-- All admins.
SELECT id FROM users WHERE role = 'admin';

-- name: user_any
-- Whether there is a user: until then, links make the first admin.
SELECT EXISTS (SELECT FROM users);

-- name: user_first_admin
-- The admin who has been there longest.
SELECT *, password_hash IS NOT NULL AS has_password FROM users WHERE role = 'admin' ORDER BY created_at, id LIMIT 1;

-- name: user_page
-- Users by name, those after the last of the previous page.
SELECT *, password_hash IS NOT NULL AS has_password FROM users
WHERE :after_name::text IS NULL OR (lower(name), id) > (lower(:after_name), :after_id::uuid)
ORDER BY lower(name), id LIMIT :limit;

-- name: user_update
-- Changes a user's name, role, or both.
UPDATE users SET name = coalesce(:name, name), role = coalesce(:role, role) WHERE id = :id RETURNING *, password_hash IS NOT NULL AS has_password;

-- name: user_password
-- The hash of a user's password, which is read for nothing but to check or to change it.
SELECT password_hash FROM users WHERE id = :id;

-- name: user_password_by_name
-- The same for a sign-in.
SELECT id AS user_id, password_hash FROM users WHERE lower(name) = lower(:name);

-- name: user_set_password
-- Sets a new password, unless it is no longer `before`.
UPDATE users SET password_hash = :password_hash
WHERE id = :id AND password_hash IS NOT DISTINCT FROM :before RETURNING id;

-- name: user_stamp
-- Records that a user was seen.
UPDATE users SET last_seen_at = clock_timestamp() WHERE id = :id;

-- name: user_delete
-- Deletes a user with all that is theirs; by hand what was stored for their requests, which refers to nobody, after
-- their tokens: who revokes one takes the locks in this order too.
WITH gone AS (
    DELETE FROM tokens WHERE user_id = :id RETURNING id
), forgotten AS (
    DELETE FROM idempotency_keys WHERE token_id = :id OR token_id IN (SELECT id FROM gone)
)
DELETE FROM users WHERE id = :id RETURNING id;
