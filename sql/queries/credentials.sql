-- name: credentials_put
-- Stores a project's credentials, in place of those before.
INSERT INTO credentials (project_id, sealed, names) VALUES (:project_id, :sealed, :names)
ON CONFLICT (project_id) DO UPDATE SET
    sealed = excluded.sealed, names = excluded.names, set_at = clock_timestamp();

-- name: credentials_get
-- A project's credentials, for its crawl.
SELECT sealed FROM credentials WHERE project_id = :project_id;

-- name: credentials_reseal
-- The same credentials under a newer key, unless they were replaced since they were read.
UPDATE credentials SET sealed = :after WHERE project_id = :project_id AND sealed = :before;

-- name: credentials_delete
-- Forgets a project's credentials.
DELETE FROM credentials WHERE project_id = :project_id;

-- name: credentials_all_sealed
-- All that is sealed, each with its owner's id: the project's for credentials, the target's own for targets.
SELECT project_id AS owner, sealed FROM credentials UNION ALL SELECT id, sealed FROM targets;
