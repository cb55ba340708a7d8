-- What of a page is its content, which languages and versions of a site its documents hold, and what a run found.
-- The release before ignores all of it.

ALTER TABLE projects
    ADD COLUMN keep text[] NOT NULL DEFAULT '{}',
    ADD COLUMN drop text[] NOT NULL DEFAULT '{}',
    -- "start", "all", or a list of BCP 47 tags.
    ADD COLUMN languages jsonb NOT NULL DEFAULT '"start"',
    ADD COLUMN versions text NOT NULL DEFAULT 'newest' CHECK (versions IN ('newest', 'all'));

ALTER TABLE runs ADD COLUMN report jsonb NOT NULL DEFAULT '{}';
