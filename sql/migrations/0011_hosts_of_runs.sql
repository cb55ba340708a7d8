-- The host, with its port, that a run in progress crawls: only a few of one host are claimed at once.
ALTER TABLE runs ADD COLUMN host text;

-- Finds the runs of one host, and all that are in progress.  It takes the place of the index by the end of the lease,
-- to which each heartbeat wrote, and with it to every other index of the table.  The release before finds its expired
-- leases by `runs_one_active`.
CREATE INDEX runs_in_progress ON runs (host) WHERE status = 'IN_PROGRESS';
DROP INDEX runs_leases;
