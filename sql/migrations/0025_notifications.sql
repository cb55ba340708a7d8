-- What happened, who is told of it, and each telling.  The release before writes no events, and ignores these tables.

-- A project's staleness is told once: `stale_noted_for` is the `stale_after` that it was told of.  `troubled_since` is when
-- a project that is well began to fail, became stale or got a version that is held; NULL once it is well again.
ALTER TABLE project_configs
    ADD COLUMN stale_noted_for timestamptz,
    ADD COLUMN troubled_since timestamptz;
-- Those that are in trouble already are told of once they are well again.
UPDATE project_configs c SET troubled_since = clock_timestamp()
FROM projects p WHERE p.id = c.project_id AND p.resting IN ('held', 'failed');

-- The outbox: a row is written in the transaction that makes it true.  `id` is the one that receivers see.  Nothing is
-- referenced: an event outlasts what it tells of.
CREATE TABLE events (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind text NOT NULL,
    project_id uuid,
    run_id uuid,
    -- What cannot be read later.
    details jsonb NOT NULL DEFAULT '{}',
    -- The body as it is sent, made when the event is handed to its targets, and the same from then on.
    payload bytea
);
CREATE INDEX events_waiting ON events (number) WHERE payload IS NULL;
CREATE INDEX events_of_project ON events (project_id, number);
-- Most events are of the kind that is left out, so that the end of a run writes no entry here.
CREATE INDEX events_of_kind ON events (kind, number) WHERE kind <> 'run.completed';

-- Who is told: of one project, or of all without a `project_id`.
CREATE TABLE targets (
    id uuid PRIMARY KEY,
    project_id uuid REFERENCES projects ON DELETE CASCADE,
    kind text NOT NULL,
    name text NOT NULL CHECK (name <> ''),
    events text[] NOT NULL,
    only_changes boolean NOT NULL,
    is_ordered boolean NOT NULL,
    -- What is no secret of how this kind is told, and the address with its secrets blotted out.
    options jsonb NOT NULL DEFAULT '{}',
    shown_address text NOT NULL,
    -- The address, secrets and tokens, sealed.
    sealed bytea NOT NULL,
    is_enabled boolean NOT NULL DEFAULT true,
    disabled_reason text,
    failing_since timestamptz,
    -- Of mail alone.
    confirmed_at timestamptz,
    confirmation_sha256 bytea UNIQUE,
    last_mail_at timestamptz,
    -- Since when something about incidents is to be told, at the earliest.
    untold_since timestamptz,
    next_digest_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX targets_of_project ON targets (project_id);
CREATE INDEX targets_digest ON targets (next_digest_at) WHERE next_digest_at IS NOT NULL;

-- One telling of one event to one target; or of one mail, whose `content` is its own.  `number` is its place in the order.
CREATE TABLE deliveries (
    id uuid PRIMARY KEY,
    target_id uuid NOT NULL REFERENCES targets ON DELETE CASCADE,
    number bigint NOT NULL,
    event_number bigint,
    -- That of the event, which the log is asked for.
    project_id uuid,
    content bytea,
    status text NOT NULL CHECK (status IN ('PENDING', 'DELIVERED', 'FAILED')),
    attempt integer NOT NULL DEFAULT 0,
    -- Of these, attempts of processes that ended without noting what came of it.
    lost integer NOT NULL DEFAULT 0,
    -- The next attempt is due then; while a process makes one, the end of its lease.
    not_before timestamptz NOT NULL DEFAULT clock_timestamp(),
    lease_token uuid,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    -- The last answer.
    status_code integer,
    milliseconds integer,
    answer text,
    error text,
    UNIQUE (event_number, target_id)
);
CREATE INDEX deliveries_due ON deliveries (target_id, not_before) WHERE status = 'PENDING';
CREATE INDEX deliveries_held ON deliveries (target_id) WHERE lease_token IS NOT NULL;
CREATE INDEX deliveries_in_order ON deliveries (target_id, number) WHERE status = 'PENDING';
CREATE INDEX deliveries_log ON deliveries (created_at, id);
CREATE INDEX deliveries_of_project ON deliveries (project_id, created_at, id);
CREATE INDEX deliveries_failed ON deliveries (created_at, id) WHERE status = 'FAILED';
CREATE INDEX deliveries_of_target ON deliveries (target_id, created_at, id);

-- A project's trouble as one mail address knows it: told once, and once that it is over; then the row goes.
CREATE TABLE incidents (
    target_id uuid NOT NULL REFERENCES targets ON DELETE CASCADE,
    project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
    -- The event that began it, the mail that told it, and the event that ended it.
    opened_by bigint NOT NULL,
    opened_at timestamptz NOT NULL,
    told_by uuid,
    closed_by bigint,
    closed_at timestamptz,
    PRIMARY KEY (target_id, project_id)
);
CREATE INDEX incidents_of_project ON incidents (project_id);

-- When an address was asked within a day to confirm that it wants mail, whatever became of the target that it was asked for:
-- nobody is to be flooded.  Kept by the hash of the address, since nobody there has agreed to anything.
CREATE TABLE mail_questions (
    address_sha256 bytea PRIMARY KEY,
    asked_at timestamptz[] NOT NULL
);

-- What the next digest of a mail address tells.
CREATE TABLE digest_entries (
    target_id uuid NOT NULL REFERENCES targets ON DELETE CASCADE,
    event_number bigint NOT NULL,
    PRIMARY KEY (target_id, event_number)
);

-- What a site's own deployments may do: ask for a run.  Many asks within some minutes are one run.
CREATE TABLE pings (
    project_id uuid PRIMARY KEY REFERENCES projects ON DELETE CASCADE,
    -- Of the token that may ask for nothing else.
    sha256 bytea UNIQUE,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_ping_at timestamptz,
    last_run_at timestamptz,
    due_at timestamptz
);
CREATE INDEX pings_due ON pings (due_at) WHERE due_at IS NOT NULL;

-- When a version that was held was accepted; all others were published as they were made.  Feeds list versions of all
-- projects by that time.
ALTER TABLE versions ADD COLUMN accepted_at timestamptz;
CREATE INDEX versions_by_time ON versions ((coalesce(accepted_at, created_at)), id) WHERE number > 0;
