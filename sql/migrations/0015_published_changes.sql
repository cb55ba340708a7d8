-- Which public projects serve something else than before, or nothing any more: processes that keep documents in memory
-- look here twice a second.  Triggers write it, so that the release before tells as well what it changes.

-- `xid` is the transaction that changed it: what had not ended at one look is found at the next (`xid8` does not wrap).
CREATE TABLE published_changes (
    slug text NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX published_changes_in_order ON published_changes (xid);
CREATE INDEX published_changes_by_age ON published_changes (at);

CREATE FUNCTION note_new_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO published_changes (slug) SELECT slug FROM projects WHERE id = NEW.project_id AND is_public;
    RETURN NULL;
END
$$;
CREATE TRIGGER versions_published AFTER INSERT OR UPDATE OF number ON versions FOR EACH ROW
    WHEN (NEW.number > 0) EXECUTE FUNCTION note_new_version();

CREATE FUNCTION note_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO published_changes (slug) VALUES (OLD.slug);
    RETURN NULL;
END
$$;
CREATE TRIGGER projects_publication AFTER UPDATE OF is_public, slug ON projects FOR EACH ROW
    WHEN (OLD.is_public AND (NOT NEW.is_public OR OLD.slug <> NEW.slug)) EXECUTE FUNCTION note_publication();
CREATE TRIGGER projects_withdrawn AFTER DELETE ON projects FOR EACH ROW
    WHEN (OLD.is_public) EXECUTE FUNCTION note_publication();
