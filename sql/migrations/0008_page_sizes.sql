-- How many bytes a page's body had when it was sent, which tells what a conditional request saves.  0: not known.
-- The release before leaves them as they are.

ALTER TABLE pages ADD COLUMN wire_bytes integer NOT NULL DEFAULT 0;
ALTER TABLE run_pages ADD COLUMN wire_bytes integer NOT NULL DEFAULT 0;
