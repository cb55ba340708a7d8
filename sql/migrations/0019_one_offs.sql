-- Projects that were made for one llms.txt, in the manner of Firecrawl's API, and are deleted after a while.
CREATE TABLE one_offs (
    project_id uuid PRIMARY KEY REFERENCES projects ON DELETE CASCADE,
    with_full boolean NOT NULL,
    expires_at timestamptz
);
CREATE INDEX one_offs_expiry ON one_offs (expires_at) WHERE expires_at IS NOT NULL;
