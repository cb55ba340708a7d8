-- Finds the runs that failed or were cancelled over all projects, newest first, which are few among all.
CREATE INDEX runs_failed ON runs (status, created_at DESC, id) WHERE status IN ('FAILED', 'CANCELED');
