-- The newest run that had ended when Markdown that nothing refers to was last deleted: a run that failed may leave some as
-- well.  It takes the place of `swept_version`, which the release before still writes.
ALTER TABLE retention_marks ADD COLUMN swept_run integer NOT NULL DEFAULT 0;
ALTER TABLE retention_marks ALTER COLUMN swept_version SET DEFAULT 0;
