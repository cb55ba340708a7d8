-- The host of a URL in canonical form, with its port if that is not the default.
CREATE OR REPLACE FUNCTION site_host(url text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT substring(url FROM '^[a-z]+://([^/?#]+)')
$$;

-- Where a run takes one of the few places: at its host.  One whose project has a delay of its own that is longer than
-- robots.txt may ask for (MAX_DELAY_SECONDS) takes it beside the host, among its like: it hardly ever asks for a page,
-- and would keep the others waiting for as long as a crawl may take.
CREATE OR REPLACE FUNCTION place_of(url text, own_delay double precision) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT site_host(url) || CASE WHEN own_delay > 30 THEN ' slowly' ELSE '' END
$$;

-- Whether fewer than `most` runs of a host are in progress.  Claims of one host wait for each other, so that two at once
-- do not both take the last place.  In PL/pgSQL, because each of its statements sees what was committed before it: a
-- plain SELECT would count what was there before the wait.
CREATE OR REPLACE FUNCTION has_room(of_host text, most integer) RETURNS boolean LANGUAGE plpgsql VOLATILE COST 10000 AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('host ' || of_host, 0));
    RETURN (SELECT count(*) FROM runs r WHERE r.host = of_host AND r.status = 'IN_PROGRESS') < most;
END
$$;

-- How many runs of a host, up to `most`, somebody waits for who started them; scheduled ones leave them that many places.
CREATE OR REPLACE FUNCTION urgent_waiting(of_host text, most integer) RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT count(*)::integer FROM (
        SELECT FROM runs r WHERE r.host = of_host AND r.status = 'QUEUED' AND r.trigger <> 'schedule' LIMIT most
    ) waiting
$$;

-- Whether a process holds no suspect, and may therefore claim one; its claims of suspects wait for each other.
CREATE OR REPLACE FUNCTION holds_no_suspect(owner uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE COST 10000 AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('suspect ' || owner, 0));
    RETURN NOT EXISTS (
        SELECT FROM runs r WHERE r.status = 'IN_PROGRESS' AND r.is_suspect AND r.lease_owner = owner
    );
END
$$;

-- Whether a lease is valid although its row says that it has expired (see `lease_extensions`).
CREATE OR REPLACE FUNCTION is_extended(lease uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM lease_extensions e WHERE e.token = lease AND e.until >= clock_timestamp())
$$;
