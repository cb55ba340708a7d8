-- Since when a project is public: strangers are told of what changed from then on, and of nothing before it.

ALTER TABLE projects ADD COLUMN public_since timestamptz;
-- Of those that are public already nobody knows since when; strangers were told everything.
UPDATE projects SET public_since = created_at WHERE is_public;

-- A trigger writes it, so that the release before notes it as well.
CREATE FUNCTION note_public() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.public_since := clock_timestamp();
    RETURN NEW;
END
$$;
CREATE TRIGGER projects_made_public BEFORE INSERT ON projects FOR EACH ROW
    WHEN (NEW.is_public AND NEW.public_since IS NULL) EXECUTE FUNCTION note_public();
CREATE TRIGGER projects_turned_public BEFORE UPDATE OF is_public ON projects FOR EACH ROW
    WHEN (NEW.is_public AND NOT OLD.is_public) EXECUTE FUNCTION note_public();
