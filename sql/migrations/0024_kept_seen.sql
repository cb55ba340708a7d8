-- Runs up to `seen_number` that have kept what they saw: the one as which the pages stand, behind any number of failures,
-- and one whose version waits for a decision.
ALTER TABLE retention_marks ADD COLUMN seen_kept integer[] NOT NULL DEFAULT '{}';
