-- The pages from an address on, in crawl order, that this version of the extractor read, at most so many.
-- A function, because a plan that sorts must not be chosen: while the statistics know little of a project, Postgres takes
-- its pages for few, and would read and sort all that follow to return some.
DROP FUNCTION IF EXISTS recalled_pages;
CREATE FUNCTION recalled_pages(of_project uuid, from_url text, of_extractor integer, at_most integer) RETURNS TABLE (
    url text, "position" integer, etag text, last_modified text, content jsonb, content_sha256 text, wire_bytes integer
) LANGUAGE sql STABLE SET enable_sort = off SET enable_bitmapscan = off AS $$
    SELECT p.url, p.position, p.etag, p.last_modified, p.content, p.content_sha256, p.wire_bytes
    FROM pages p
    WHERE p.project_id = of_project AND (p.position, p.url) >= ((
        -- Of this extractor as well: a page of another one would have all after it looked at.
        SELECT f.position FROM pages f
        WHERE f.project_id = of_project AND f.url = from_url AND f.extractor_version = of_extractor AND f.content IS NOT NULL
    ), from_url)
      AND p.extractor_version = of_extractor AND p.content IS NOT NULL AND p.content_sha256 IS NOT NULL
    ORDER BY p.position, p.url LIMIT at_most
$$;
