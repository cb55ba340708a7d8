-- What projects send along to sites behind a login.  The release before does not send it.

CREATE TABLE credentials (
    project_id uuid PRIMARY KEY REFERENCES projects ON DELETE CASCADE,
    -- Encrypted with a key that is not in the database.
    sealed bytea NOT NULL,
    -- Which there are, without their values: {headers: [name], cookies: [name], basic: boolean}.
    names jsonb NOT NULL,
    set_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
