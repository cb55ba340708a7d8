-- Runs that fetch every page anew, whatever is known of it.  The release before fetches for them as for any run.

ALTER TABLE runs ADD COLUMN is_forced boolean NOT NULL DEFAULT false;
