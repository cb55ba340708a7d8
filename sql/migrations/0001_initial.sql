-- Projects, their schedules, runs, the ledger of occurrences, pages, versions, tokens.
-- Times are in UTC by Postgres' own clock.  Every table of a project goes when the project goes.

CREATE TABLE projects (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (name <> ''),
    url text NOT NULL,
    slug text NOT NULL UNIQUE,
    description text NOT NULL DEFAULT '',
    is_public boolean NOT NULL DEFAULT false,
    max_pages integer CHECK (max_pages > 0),
    max_depth integer CHECK (max_depth > 0),
    delay_seconds double precision CHECK (delay_seconds >= 0),
    include text[] NOT NULL DEFAULT '{}',
    exclude text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The schedule of a project.  Its cursor (next_*) moves only under this row's lock.
CREATE TABLE project_configs (
    project_id uuid PRIMARY KEY REFERENCES projects ON DELETE CASCADE,
    cron_expression text,
    timezone text NOT NULL DEFAULT 'UTC',
    is_enabled boolean NOT NULL DEFAULT false,
    on_failure text NOT NULL DEFAULT 'stop' CHECK (on_failure IN ('stop', 'continue')),
    schedule_state text NOT NULL DEFAULT 'ACTIVE' CHECK (schedule_state IN ('ACTIVE', 'HALTED')),
    halted_by uuid,
    halted_reason text,
    last_run_at timestamptz,
    next_run_at timestamptz,
    next_due_at timestamptz,
    next_job_id uuid UNIQUE,
    stale_after timestamptz,
    accounted_until timestamptz NOT NULL,
    run_count integer NOT NULL DEFAULT 0,
    CONSTRAINT enabled_has_cron CHECK (NOT is_enabled OR cron_expression IS NOT NULL),
    -- A schedule that should run and has no next time can't be stored.
    CONSTRAINT armed CHECK (
        (is_enabled AND cron_expression IS NOT NULL AND schedule_state = 'ACTIVE')
        = (next_run_at IS NOT NULL AND next_job_id IS NOT NULL AND next_due_at IS NOT NULL)
    ),
    CONSTRAINT cursor_is_whole CHECK (
        (next_run_at IS NULL) = (next_job_id IS NULL) AND (next_run_at IS NULL) = (next_due_at IS NULL)
    ),
    CONSTRAINT halted_has_reason CHECK ((schedule_state = 'HALTED') = (halted_reason IS NOT NULL))
);
CREATE INDEX project_configs_due ON project_configs (next_due_at, project_id) WHERE next_due_at IS NOT NULL;

CREATE TABLE runs (
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
    number integer NOT NULL,
    trigger text NOT NULL CHECK (trigger IN ('initial', 'schedule', 'manual')),
    scheduled_for timestamptz,
    cron_expression text,
    timezone text,
    status text NOT NULL,
    not_before timestamptz,
    attempt integer NOT NULL DEFAULT 0,
    crashes integer NOT NULL DEFAULT 0,
    lease_token uuid,
    lease_owner uuid,
    lease_until timestamptz,
    coalesced integer NOT NULL DEFAULT 0,
    error_code text,
    error_message text,
    summary text,
    progress jsonb,
    changes jsonb,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at timestamptz,
    finished_at timestamptz,
    UNIQUE (project_id, number),
    CONSTRAINT known_status CHECK (status IN (
        'QUEUED', 'IN_PROGRESS', 'RETRYING', 'COMPLETE_NO_DIFFS', 'COMPLETE_WITH_DIFFS', 'FAILED', 'CANCELED'
    )),
    CONSTRAINT scheduled_has_time CHECK (
        (trigger = 'schedule') = (scheduled_for IS NOT NULL AND cron_expression IS NOT NULL AND timezone IS NOT NULL)
    ),
    CONSTRAINT leased_while_in_progress CHECK ((status = 'IN_PROGRESS') = (lease_until IS NOT NULL)),
    CONSTRAINT waits_while_retrying CHECK ((status = 'RETRYING') = (not_before IS NOT NULL)),
    CONSTRAINT finished_when_terminal CHECK (
        (status IN ('COMPLETE_NO_DIFFS', 'COMPLETE_WITH_DIFFS', 'FAILED', 'CANCELED')) = (finished_at IS NOT NULL)
    )
);
CREATE UNIQUE INDEX runs_one_per_occurrence ON runs (project_id, scheduled_for) WHERE trigger = 'schedule';
CREATE UNIQUE INDEX runs_one_active ON runs (project_id) WHERE status IN ('QUEUED', 'IN_PROGRESS', 'RETRYING');
CREATE INDEX runs_active ON runs (id) WHERE status IN ('QUEUED', 'IN_PROGRESS', 'RETRYING');
CREATE INDEX runs_leases ON runs (lease_until) WHERE status = 'IN_PROGRESS';

-- The edges of domain/run.py.  They hold whatever writes: no client can take a finished run back.
CREATE FUNCTION run_moves() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY[
        'QUEUED>IN_PROGRESS', 'RETRYING>IN_PROGRESS', 'IN_PROGRESS>QUEUED', 'IN_PROGRESS>RETRYING',
        'IN_PROGRESS>FAILED', 'IN_PROGRESS>COMPLETE_NO_DIFFS', 'IN_PROGRESS>COMPLETE_WITH_DIFFS',
        'QUEUED>CANCELED', 'IN_PROGRESS>CANCELED', 'RETRYING>CANCELED'
    ]
$$;
CREATE FUNCTION check_run_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status || '>' || NEW.status <> ALL (run_moves()) THEN
        RAISE EXCEPTION 'run % cannot go from % to %', OLD.id, OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER runs_move BEFORE UPDATE ON runs FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION check_run_move();

-- The ledger: what became of each occurrence; a row stands for a range that met one fate.
CREATE TABLE occurrences (
    project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
    first timestamptz NOT NULL,
    last timestamptz NOT NULL,
    count integer NOT NULL CHECK (count > 0),
    outcome text NOT NULL CHECK (outcome IN ('RAN', 'COALESCED', 'SKIPPED', 'MISSED')),
    reason text,
    run_id uuid,
    cron_expression text NOT NULL,
    timezone text NOT NULL,
    PRIMARY KEY (project_id, first),
    CHECK (last >= first)
);

-- Markdown of pages, once by its hash.
CREATE TABLE contents (
    project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
    sha256 text NOT NULL,
    markdown text NOT NULL,
    PRIMARY KEY (project_id, sha256)
);

-- What a run saw, staged while it crawls; `content` goes to `pages` when the run ends.
CREATE TABLE run_pages (
    run_id uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
    url text NOT NULL,
    position integer NOT NULL,
    depth integer NOT NULL,
    outcome text NOT NULL,
    status_code integer,
    note text NOT NULL DEFAULT '',
    title text NOT NULL DEFAULT '',
    etag text NOT NULL DEFAULT '',
    last_modified text NOT NULL DEFAULT '',
    content_sha256 text,
    content jsonb,
    PRIMARY KEY (run_id, url)
);
CREATE INDEX run_pages_in_order ON run_pages (run_id, position);

-- A project's pages as the last runs left them.  `is_listed`: it stands in the documents.
CREATE TABLE pages (
    project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
    url text NOT NULL,
    position integer NOT NULL,
    depth integer NOT NULL,
    outcome text NOT NULL,
    status_code integer,
    note text NOT NULL DEFAULT '',
    path text NOT NULL,
    title text NOT NULL DEFAULT '',
    description text NOT NULL DEFAULT '',
    etag text NOT NULL DEFAULT '',
    last_modified text NOT NULL DEFAULT '',
    extractor_version integer NOT NULL DEFAULT 0,
    content_sha256 text,
    content jsonb,
    is_listed boolean NOT NULL,
    absences integer NOT NULL DEFAULT 0,
    first_seen_at timestamptz NOT NULL,
    last_seen_at timestamptz,
    last_changed_at timestamptz,
    PRIMARY KEY (project_id, url),
    CHECK (NOT is_listed OR (content IS NOT NULL AND content_sha256 IS NOT NULL))
);
CREATE INDEX pages_in_order ON pages (project_id, position, url);

-- A version of a project's documents; the highest number is the one that is served.
CREATE TABLE versions (
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
    run_id uuid NOT NULL UNIQUE REFERENCES runs ON DELETE CASCADE,
    number integer NOT NULL,
    sha256 text NOT NULL,
    name text NOT NULL,
    summary text NOT NULL,
    page_count integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (project_id, number)
);

-- The index files of a version: `llms.txt`, and those of large folders.
CREATE TABLE version_files (
    version_id uuid NOT NULL REFERENCES versions ON DELETE CASCADE,
    path text NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (version_id, path)
);

-- The pages of a version in their order; llms-full.txt is streamed from here.
CREATE TABLE version_pages (
    version_id uuid NOT NULL REFERENCES versions ON DELETE CASCADE,
    position integer NOT NULL,
    url text NOT NULL,
    path text NOT NULL,
    title text NOT NULL,
    content_sha256 text NOT NULL,
    PRIMARY KEY (version_id, position),
    UNIQUE (version_id, path)
);

-- Which version a run left in force: its own, or where nothing changed an earlier one.
ALTER TABLE runs ADD COLUMN version_id uuid REFERENCES versions ON DELETE SET NULL;
CREATE INDEX runs_version ON runs (version_id);

-- What a run changed: pages (their content), and entries of llms.txt.
CREATE TABLE changes (
    run_id uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
    position integer NOT NULL,
    scope text NOT NULL CHECK (scope IN ('page', 'entry')),
    kind text NOT NULL,
    url text NOT NULL,
    title text NOT NULL DEFAULT '',
    before text,
    after text,
    PRIMARY KEY (run_id, position)
);

-- API tokens; only a token's SHA-256 is kept.
CREATE TABLE tokens (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (name <> ''),
    sha256 bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_used_at timestamptz
);

-- Responses to requests with an Idempotency-Key, for 24 hours.
CREATE TABLE idempotency_keys (
    token_id uuid NOT NULL REFERENCES tokens ON DELETE CASCADE,
    key text NOT NULL,
    request_sha256 bytea NOT NULL,
    status integer NOT NULL,
    body bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (token_id, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- A project with its schedule, its last and active run, and the one word for how it stands.  The word is
-- computed here because lists are filtered and counted by it.
CREATE VIEW project_views AS
SELECT
    p.*, c.cron_expression, c.timezone, c.is_enabled, c.on_failure, c.schedule_state, c.halted_by, c.halted_reason,
    c.last_run_at, c.next_run_at, c.stale_after,
    active.id AS active_run_id, last.id AS last_run_id, served.page_count,
    CASE
        WHEN c.cron_expression IS NULL THEN 'none'
        WHEN c.cron_expression ~* '^(\d+ \d+ \* \* \*|@daily|@midnight)$' THEN 'daily'
        WHEN c.cron_expression ~* '^(\d+ \d+ \* \* (\d|[a-z]{3})|@weekly)$' THEN 'weekly'
        ELSE 'custom'
    END AS schedule_kind,
    CASE
        WHEN active.status = 'IN_PROGRESS' THEN 'running'
        WHEN active.id IS NOT NULL THEN 'queued'
        WHEN c.schedule_state = 'HALTED' OR last.status = 'FAILED' THEN 'failed'
        WHEN NOT c.is_enabled AND c.cron_expression IS NOT NULL THEN 'paused'
        WHEN c.is_enabled AND c.stale_after < (SELECT clock_timestamp()) THEN 'stale'
        WHEN served.number IS NOT NULL THEN 'fresh'
        ELSE 'new'
    END AS status
FROM projects p
JOIN project_configs c ON c.project_id = p.id
LEFT JOIN runs active ON active.project_id = p.id AND active.status IN ('QUEUED', 'IN_PROGRESS', 'RETRYING')
LEFT JOIN LATERAL (
    SELECT r.id, r.status FROM runs r
    WHERE r.project_id = p.id AND r.finished_at IS NOT NULL ORDER BY r.number DESC LIMIT 1
) last ON true
LEFT JOIN LATERAL (
    SELECT v.number, v.page_count FROM versions v WHERE v.project_id = p.id ORDER BY v.number DESC LIMIT 1
) served ON true;
