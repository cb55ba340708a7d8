-- What of its host a project covers (null: what its start page says), and the folder that its last run found that to be.
-- The release before ignores both.

ALTER TABLE projects
    ADD COLUMN scope text CHECK (scope IN ('host', 'folder', 'path')),
    ADD COLUMN folder text;
