-- The same, looking first whether there is anything to change: every run that ends pays for it.

CREATE OR REPLACE FUNCTION note_standing() RETURNS trigger LANGUAGE plpgsql AS $$
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
