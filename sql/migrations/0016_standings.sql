-- How each project stands while no run of it is active, and what kind of schedule it has, beside its name and its age:
-- so that a list in any order, of one status or one kind, reads an index and no more than it shows.  Triggers write both,
-- so that the release before keeps them too.  They seldom change: a run that ends as the one before changes neither.

ALTER TABLE projects
    ADD COLUMN resting text NOT NULL DEFAULT 'new' CHECK (resting IN ('held', 'failed', 'paused', 'fresh', 'new')),
    ADD COLUMN schedule_kind text NOT NULL DEFAULT 'none'
        CHECK (schedule_kind IN ('none', 'daily', 'weekly', 'custom'));

CREATE FUNCTION kind_of_schedule(expression text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN expression IS NULL THEN 'none'
        WHEN expression ~* '^(\d+ \d+ \* \* \*|@daily|@midnight)$' THEN 'daily'
        WHEN expression ~* '^(\d+ \d+ \* \* (\d|[a-z]{3})|@weekly)$' THEN 'weekly'
        ELSE 'custom'
    END
$$;

-- The status of a project without an active run, but for `stale`, which comes by time alone.
CREATE FUNCTION resting_status(config project_configs) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN EXISTS (SELECT FROM held_versions WHERE project_id = config.project_id) THEN 'held'
        WHEN config.schedule_state = 'HALTED' OR (
            SELECT status = 'FAILED' FROM runs
            WHERE project_id = config.project_id AND finished_at IS NOT NULL ORDER BY number DESC LIMIT 1
        ) THEN 'failed'
        WHEN NOT config.is_enabled AND config.cron_expression IS NOT NULL THEN 'paused'
        WHEN EXISTS (SELECT FROM versions WHERE project_id = config.project_id AND number > 0) THEN 'fresh'
        ELSE 'new'
    END
$$;

-- After triggers run when the statement has written everything, the run that it ends as well as the schedule.
-- They look first whether there is anything to change: every run that ends pays for it.
CREATE FUNCTION note_standing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.project_id ELSE NEW.project_id END;
    standing record;
BEGIN
    SELECT p.resting AS was, p.schedule_kind AS was_kind, kind_of_schedule(c.cron_expression) AS kind, CASE
        WHEN EXISTS (SELECT FROM held_versions WHERE project_id = owner) THEN 'held'
        WHEN c.schedule_state = 'HALTED' OR (
            SELECT status = 'FAILED' FROM runs
            WHERE project_id = owner AND finished_at IS NOT NULL ORDER BY number DESC LIMIT 1
        ) THEN 'failed'
        WHEN NOT c.is_enabled AND c.cron_expression IS NOT NULL THEN 'paused'
        WHEN EXISTS (SELECT FROM versions WHERE project_id = owner AND number > 0) THEN 'fresh'
        ELSE 'new'
    END AS resting
    INTO standing
    FROM project_configs c JOIN projects p ON p.id = c.project_id WHERE c.project_id = owner;
    IF standing.was <> standing.resting OR standing.was_kind <> standing.kind THEN
        UPDATE projects SET resting = standing.resting, schedule_kind = standing.kind WHERE id = owner;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER project_configs_standing AFTER INSERT OR UPDATE OF last_run_at, schedule_state, is_enabled, cron_expression
    ON project_configs FOR EACH ROW EXECUTE FUNCTION note_standing();
CREATE TRIGGER held_versions_standing AFTER INSERT OR DELETE ON held_versions FOR EACH ROW
    EXECUTE FUNCTION note_standing();
CREATE TRIGGER versions_standing AFTER INSERT OR UPDATE OF number ON versions FOR EACH ROW
    EXECUTE FUNCTION note_standing();

UPDATE projects p SET resting = resting_status(c), schedule_kind = kind_of_schedule(c.cron_expression)
FROM project_configs c WHERE c.project_id = p.id;

CREATE INDEX projects_by_age ON projects (created_at DESC, id);
CREATE INDEX projects_by_name ON projects (lower(name) COLLATE "C", id);
CREATE INDEX projects_resting_by_age ON projects (resting, created_at DESC, id);
CREATE INDEX projects_resting_by_name ON projects (resting, lower(name) COLLATE "C", id);
CREATE INDEX projects_kind_by_age ON projects (schedule_kind, created_at DESC, id);
CREATE INDEX projects_kind_by_name ON projects (schedule_kind, lower(name) COLLATE "C", id);
CREATE INDEX project_configs_without_due ON project_configs (project_id) WHERE next_due_at IS NULL;
CREATE INDEX project_configs_stale ON project_configs (stale_after) WHERE is_enabled AND stale_after IS NOT NULL;
