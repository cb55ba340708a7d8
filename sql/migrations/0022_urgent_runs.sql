-- Finds the runs of a host that somebody started and that wait for room: scheduled ones leave them the next place.
CREATE INDEX runs_urgent ON runs (host) WHERE status = 'QUEUED' AND trigger <> 'schedule';
