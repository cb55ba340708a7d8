-- Whether the last run saw a page.  Then its time is the run's, so that a run writes no page that it found unchanged.
-- The release before leaves it as it is, and writes the time beside it.

ALTER TABLE pages ADD COLUMN is_seen boolean NOT NULL DEFAULT false;
