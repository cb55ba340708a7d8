-- Versions that wait for a decision, because with them more than half of a project's documents would vanish.  The release
-- before serves the published version beside one, discards none, and publishes what its own runs find.

-- What the run's version came to where it was not published at once; null for all others.
ALTER TABLE runs ADD COLUMN held text CHECK (held IN ('waiting', 'accepted', 'rejected', 'discarded'));

-- The options by which a version was made: what the operator's newer ones take away is no loss.  Null: not known.
-- A version that is held has the number -1, below all others, of which the highest is served.
ALTER TABLE versions ADD COLUMN options jsonb;

-- The one held version of a project, and the state of its pages as `services/documents/publish.py` would leave it:
-- until it is accepted, `pages` are as the published version has them.
CREATE TABLE held_versions (
    project_id uuid PRIMARY KEY REFERENCES projects ON DELETE CASCADE,
    run_id uuid NOT NULL UNIQUE REFERENCES runs ON DELETE CASCADE,
    version_id uuid NOT NULL UNIQUE REFERENCES versions ON DELETE CASCADE,
    reader_version integer NOT NULL,
    standings jsonb NOT NULL,
    gone text[] NOT NULL
);
