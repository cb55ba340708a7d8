-- How far each project's history has been trimmed, so that what is kept is not looked at again and again.  The release
-- before trims nothing and ignores both tables.

CREATE TABLE retention_marks (
    project_id uuid PRIMARY KEY REFERENCES projects ON DELETE CASCADE,
    -- Runs up to this number have lost what they saw.
    seen_number integer NOT NULL,
    -- Of runs up to this number those are left that made a version which is kept.
    run_number integer NOT NULL,
    -- Of versions up to this number one a month is left.
    version_number integer NOT NULL,
    -- The newest version when Markdown that nothing refers to was last deleted.
    swept_version integer NOT NULL,
    -- The ledger before this time has one row for what had one fate in one day.
    compacted_until timestamptz NOT NULL
);

-- Where the replica whose turn is next goes on; the one row there is.
CREATE TABLE retention_walk (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    after uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    at timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO retention_walk DEFAULT VALUES;
