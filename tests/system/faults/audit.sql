-- An append-only log of what was committed, outside of the service's tables: it survives the deletion of a
-- project, and holds what a row no longer tells.
CREATE TABLE witness (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Every replica is a user of its own.
    author text NOT NULL DEFAULT current_user,
    subject text NOT NULL,
    event text NOT NULL,
    project_id uuid NOT NULL,
    run_id uuid,
    was text,
    status text,
    lease uuid,
    expression text,
    zone text,
    -- How far the ledger reaches, where an edit takes hold, by how much the harness moved time.
    boundary timestamptz,
    moved interval
);

CREATE FUNCTION audit_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.status, OLD.lease_token) IS DISTINCT FROM (NEW.status, NEW.lease_token) THEN
        INSERT INTO witness (subject, event, project_id, run_id, was, status, lease)
        VALUES ('run', TG_OP, coalesce(NEW.project_id, OLD.project_id), coalesce(NEW.id, OLD.id), OLD.status,
            NEW.status, NEW.lease_token);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON runs FOR EACH ROW EXECUTE FUNCTION audit_run();

CREATE FUNCTION audit_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO witness (subject, event, project_id, run_id) VALUES ('version', TG_OP, NEW.project_id, NEW.run_id);
    RETURN NULL;
END $$;
CREATE TRIGGER audit AFTER INSERT OR UPDATE ON versions FOR EACH ROW EXECUTE FUNCTION audit_version();

CREATE FUNCTION audit_project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO witness (subject, event, project_id) VALUES ('project', TG_OP, coalesce(NEW.id, OLD.id));
    RETURN NULL;
END $$;
CREATE TRIGGER audit AFTER INSERT OR DELETE ON projects FOR EACH ROW EXECUTE FUNCTION audit_project();

-- Where an edit leaves the ledger's reach alone, the run under way takes the new expression over at its end.
CREATE FUNCTION audit_schedule() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO witness (subject, event, project_id, expression, zone, boundary)
    VALUES ('schedule', TG_OP, NEW.project_id, NEW.cron_expression, NEW.timezone,
        CASE WHEN TG_OP = 'UPDATE' AND OLD.accounted_until = NEW.accounted_until AND OLD.next_run_at IS NOT NULL
            THEN OLD.next_run_at ELSE NEW.accounted_until END);
    RETURN NULL;
END $$;
CREATE TRIGGER audit_insert AFTER INSERT ON project_configs FOR EACH ROW EXECUTE FUNCTION audit_schedule();
CREATE TRIGGER audit_update AFTER UPDATE ON project_configs FOR EACH ROW
    WHEN ((OLD.cron_expression, OLD.timezone) IS DISTINCT FROM (NEW.cron_expression, NEW.timezone))
    EXECUTE FUNCTION audit_schedule();
