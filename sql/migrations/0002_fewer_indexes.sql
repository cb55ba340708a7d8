-- A run is written to each index of its table three times: when it is fired, claimed and ended.

-- Active runs are read by project, of which each has one at most (`runs_one_active`).
DROP INDEX runs_active;

-- Read when a version is deleted; until a run ends it has none.
DROP INDEX runs_version;
CREATE INDEX runs_version ON runs (version_id) WHERE version_id IS NOT NULL;

-- Firing counts a project's runs: with room in the page that is written beside the row, and to no index.
ALTER TABLE project_configs SET (fillfactor = 85);
