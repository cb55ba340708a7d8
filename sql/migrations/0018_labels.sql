-- Labels of projects, by which lists and bulk actions select them; and indexes for what scripts ask: which project has
-- an address, and what ran last over all projects.  The release before keeps no labels, and leaves those that there are.

ALTER TABLE projects ADD COLUMN labels text[] NOT NULL DEFAULT '{}';

CREATE INDEX projects_labels ON projects USING gin (labels);
CREATE INDEX projects_by_url ON projects USING hash (url);
CREATE INDEX runs_by_age ON runs (created_at DESC, id);
