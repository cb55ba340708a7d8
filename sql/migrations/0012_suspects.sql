-- A run that was held by a process which died: it may be what killed it.
ALTER TABLE runs ADD COLUMN is_suspect boolean NOT NULL DEFAULT false;
