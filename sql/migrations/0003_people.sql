-- Users, their sessions and sign-in links, whose each token is, and the audit log.
-- The release before works on these tables too: a token that it makes is nobody's and may do everything, as all of its
-- tokens may.

CREATE TABLE users (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (name <> ''),
    role text NOT NULL CHECK (role IN ('viewer', 'editor', 'admin')),
    -- Without one, its user signs in by links only.
    password_hash text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_seen_at timestamptz
);
CREATE UNIQUE INDEX users_name ON users (lower(name));

-- Tokens from before there were users belong to nobody, until there is a first admin; the bootstrap token always does.
ALTER TABLE tokens
    ADD COLUMN user_id uuid REFERENCES users ON DELETE CASCADE,
    ADD COLUMN scope text NOT NULL DEFAULT 'admin' CHECK (scope IN ('read', 'write', 'admin')),
    ADD COLUMN expires_at timestamptz;
CREATE INDEX tokens_user ON tokens (user_id);

-- Links that sign somebody in once; only the secret's SHA-256 is kept.  One without a user makes the first admin.
CREATE TABLE sign_in_links (
    sha256 bytea PRIMARY KEY,
    user_id uuid REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX sign_in_links_user ON sign_in_links (user_id);

-- Sessions of browsers; only the cookie's SHA-256 is kept.  One that was begun with a token ends with it, and may do no
-- more; where that token is nobody's, the session is nobody's either.
CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    sha256 bytea NOT NULL UNIQUE,
    user_id uuid REFERENCES users ON DELETE CASCADE,
    token_id uuid REFERENCES tokens ON DELETE CASCADE,
    begun_with text NOT NULL CHECK (begun_with IN ('link', 'password', 'token')),
    address text NOT NULL,
    user_agent text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_used_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((begun_with = 'token') = (token_id IS NOT NULL)),
    CHECK (user_id IS NOT NULL OR token_id IS NOT NULL)
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_token ON sessions (token_id);

-- Who did what, on what, from where.  Names are copied and nothing is referenced: a row outlasts what it tells of.
CREATE TABLE audit (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    user_id uuid,
    user_name text,
    token_id uuid,
    token_name text,
    action text NOT NULL,
    object_type text,
    object_id uuid,
    object_name text,
    address text NOT NULL,
    details jsonb NOT NULL
);
CREATE INDEX audit_in_order ON audit (at, id);

-- A key now belongs to who asked: a token as before, or a user who is signed in.  The column keeps its name, and the
-- table its primary key, because the release before writes to them.
ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_token_id_fkey;
