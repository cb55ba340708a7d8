-- Firing a run and ending it write less and look at less.

-- Where many projects are due at once, each of a page finds room there for the count of its runs, and no index is written.
ALTER TABLE project_configs SET (fillfactor = 50);

-- Whether the project stands as failed.  Only then does a run that completes change how it stands without its schedule
-- telling so: the triggers of most runs need not look.
ALTER TABLE project_configs ADD COLUMN stands_failed boolean NOT NULL DEFAULT false;
UPDATE project_configs c SET stands_failed = true FROM projects p WHERE p.id = c.project_id AND p.resting = 'failed';

CREATE OR REPLACE FUNCTION note_standing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.project_id ELSE NEW.project_id END;
    standing record;
BEGIN
    SELECT p.resting AS was, p.schedule_kind AS was_kind, c.stands_failed AS was_failed,
           kind_of_schedule(c.cron_expression) AS kind, resting_status(c) AS resting
    INTO standing
    FROM project_configs c JOIN projects p ON p.id = c.project_id WHERE c.project_id = owner;
    IF standing.was <> standing.resting OR standing.was_kind <> standing.kind THEN
        UPDATE projects SET resting = standing.resting, schedule_kind = standing.kind WHERE id = owner;
    END IF;
    IF standing.was_failed <> (standing.resting = 'failed') THEN
        UPDATE project_configs SET stands_failed = NOT stands_failed WHERE project_id = owner;
    END IF;
    RETURN NULL;
END
$$;

-- A run that completes moves `last_run_at`; one that fails or is canceled does not.
DROP TRIGGER project_configs_standing ON project_configs;
CREATE TRIGGER project_configs_made AFTER INSERT ON project_configs FOR EACH ROW EXECUTE FUNCTION note_standing();
CREATE TRIGGER project_configs_standing AFTER UPDATE OF last_run_at, schedule_state, is_enabled, cron_expression
    ON project_configs FOR EACH ROW
    WHEN (
        OLD.stands_failed OR NEW.last_run_at IS NOT DISTINCT FROM OLD.last_run_at
        OR NEW.schedule_state <> OLD.schedule_state OR NEW.is_enabled <> OLD.is_enabled
        OR NEW.cron_expression IS DISTINCT FROM OLD.cron_expression
    )
    EXECUTE FUNCTION note_standing();
