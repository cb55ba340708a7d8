-- When work that one replica does for all was last begun.
CREATE TABLE turns (
    name text PRIMARY KEY,
    taken_at timestamptz NOT NULL
);
