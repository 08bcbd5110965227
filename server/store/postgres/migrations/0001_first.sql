-- The first schema. Forward only; each migration is one transaction together with its version row.
-- Times are timestamptz. `change` rows are written by triggers: who caches configuration polls them.

-- A moment as it stands on the wire: ISO 8601, UTC, milliseconds.
CREATE FUNCTION iso(moment timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

CREATE TABLE deployment (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE CHECK (name <> ''),
    time_zone text NOT NULL,
    language text NOT NULL DEFAULT 'en',
    needs_consent boolean NOT NULL DEFAULT false,
    allow_tokenless_devices boolean NOT NULL DEFAULT false,
    allow_numpy boolean NOT NULL DEFAULT false,
    server_ttl_s integer NOT NULL DEFAULT 86400,
    retention_days integer,
    starts_on date,
    ends_on date,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE location (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    deployment_id bigint NOT NULL REFERENCES deployment,
    name text NOT NULL CHECK (name <> ''),
    time_zone text NOT NULL,
    clock text NOT NULL DEFAULT 'real' CHECK (clock IN ('real', 'events')),
    shard smallint NOT NULL GENERATED ALWAYS AS (id % 64) STORED,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (deployment_id, name)
);
CREATE INDEX location_by_shard ON location (shard);

CREATE TABLE room (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    location_id bigint NOT NULL REFERENCES location,
    kind text NOT NULL,
    name text NOT NULL,
    UNIQUE (location_id, name)
);

-- People: the pseudonymous row, and names and contacts in a table of their own.
CREATE TABLE participant (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    deployment_id bigint NOT NULL REFERENCES deployment,
    code text NOT NULL,
    status text NOT NULL DEFAULT 'invited'
        CHECK (status IN ('invited', 'consented', 'active', 'paused', 'completed', 'withdrawn')),
    language text NOT NULL DEFAULT 'en',
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (deployment_id, code)
);
CREATE TABLE participant_identity (
    participant_id bigint PRIMARY KEY REFERENCES participant,
    name text,
    email text,
    phone text
);
CREATE TABLE participant_role (
    participant_id bigint NOT NULL REFERENCES participant,
    location_id bigint NOT NULL REFERENCES location,
    role text NOT NULL CHECK (role IN ('resident', 'caregiver', 'supporter', 'student')),
    calling_order integer NOT NULL DEFAULT 1,
    until timestamptz,
    PRIMARY KEY (participant_id, location_id, role)
);
CREATE INDEX participant_role_by_location ON participant_role (location_id);
CREATE TABLE participant_login (
    participant_id bigint PRIMARY KEY REFERENCES participant,
    username text NOT NULL UNIQUE,
    password_hash text NOT NULL
);
CREATE TABLE participant_session (
    token_hash bytea PRIMARY KEY,
    participant_id bigint NOT NULL REFERENCES participant,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE TABLE enrolment_code (
    code_hash bytea PRIMARY KEY,
    participant_id bigint NOT NULL REFERENCES participant,
    expires_at timestamptz NOT NULL,
    uses_left integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE operator (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE,
    name text NOT NULL DEFAULT '',
    password_hash text NOT NULL,
    may_see_names boolean NOT NULL DEFAULT false,
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now()
);
-- deployment_id NULL: in every deployment.
CREATE TABLE operator_role (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operator_id bigint NOT NULL REFERENCES operator,
    deployment_id bigint REFERENCES deployment,
    role text NOT NULL CHECK (role IN ('admin', 'coordinator', 'analyst')),
    UNIQUE NULLS NOT DISTINCT (operator_id, deployment_id)
);
CREATE TABLE operator_session (
    token_hash bytea PRIMARY KEY,
    operator_id bigint NOT NULL REFERENCES operator,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
-- The one-time code printed at the first start; gone when an admin has a password.
CREATE TABLE sign_in_code (
    code_hash bytea PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE login_failure (
    account text NOT NULL,
    address text NOT NULL,
    failures integer NOT NULL,
    locked_until timestamptz NOT NULL,
    PRIMARY KEY (account, address)
);
CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    actor text NOT NULL, -- operator:3, participant:7, system
    action text NOT NULL,
    deployment_id bigint,
    object text NOT NULL DEFAULT '', -- device:12
    address text NOT NULL DEFAULT '',
    detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_by_deployment ON audit (deployment_id, id);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Devices and what they measure.
CREATE TABLE device (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    deployment_id bigint NOT NULL REFERENCES deployment,
    location_id bigint NOT NULL REFERENCES location,
    key text NOT NULL CHECK (key <> ''), -- the outward device id
    type integer NOT NULL DEFAULT 0,
    use text NOT NULL DEFAULT '',
    room_id bigint REFERENCES room,
    description text NOT NULL DEFAULT '',
    gateway_id bigint REFERENCES device, -- the proxy it is behind
    start_date timestamptz NOT NULL DEFAULT now(),
    tokenless boolean NOT NULL DEFAULT false,
    retired_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (deployment_id, key)
);
CREATE INDEX device_by_key ON device (key);
CREATE INDEX device_by_location ON device (location_id);
CREATE INDEX device_by_gateway ON device (gateway_id);
CREATE UNIQUE INDEX device_tokenless_key ON device (key) WHERE tokenless;
CREATE TABLE device_token (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device_id bigint NOT NULL REFERENCES device,
    token_hash bytea NOT NULL UNIQUE, -- SHA-256
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX device_token_by_device ON device_token (device_id);
CREATE TABLE device_presence (
    device_id bigint PRIMARY KEY REFERENCES device,
    node text NOT NULL,
    epoch bigint NOT NULL,
    connected boolean NOT NULL,
    since timestamptz NOT NULL
);
-- device_id NULL: a fact about the location. script_id: the script that makes these facts.
CREATE TABLE stream (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    location_id bigint NOT NULL REFERENCES location,
    device_id bigint REFERENCES device,
    name text NOT NULL,
    index_text text NOT NULL DEFAULT '',
    unit text NOT NULL DEFAULT '',
    script_id bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE NULLS NOT DISTINCT (location_id, device_id, name, index_text)
);
CREATE INDEX stream_by_device ON stream (device_id);

-- The log (architecture.md, rule 2).
CREATE TABLE writer (
    id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('committer', 'composer')),
    incarnation bigint NOT NULL DEFAULT 0, -- goes up at each start of this writer
    last_number bigint NOT NULL DEFAULT 0,
    UNIQUE (node, kind)
);
CREATE TABLE batch (
    writer smallint NOT NULL REFERENCES writer,
    number bigint NOT NULL,
    incarnation bigint NOT NULL,
    arrival timestamptz NOT NULL,
    least_time timestamptz, -- of its measurements; NULL: it has none
    greatest_time timestamptz,
    row_count integer NOT NULL,
    PRIMARY KEY (writer, number)
);
CREATE INDEX batch_by_arrival ON batch (arrival);
-- flags: 1 the device had no clock (time of receipt), 2 durational
CREATE TABLE measurement (
    stream_id integer NOT NULL,
    time timestamptz NOT NULL,
    number double precision,
    text text,
    writer smallint NOT NULL,
    batch bigint NOT NULL,
    ordinal integer NOT NULL,
    flags smallint NOT NULL DEFAULT 0
) PARTITION BY RANGE (time);
CREATE UNIQUE INDEX measurement_identity ON measurement (stream_id, time, number, text) NULLS NOT DISTINCT;
CREATE INDEX measurement_by_batch ON measurement USING brin (batch) WITH (pages_per_range = 16);
-- Makes the partition measurement_yYYYYmMM of a month in UTC, if there is none. It is made beside the table and then
-- attached, which makes no reader and no writer wait; several servers may call at once.
CREATE FUNCTION make_measurement_partition(month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    first_day date := date_trunc('month', month::timestamp)::date;
    next_day date := (first_day + interval '1 month')::date;
    partition_name text := to_char(first_day, '"measurement_y"YYYY"m"MM');
BEGIN
    IF to_regclass(partition_name) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(109309204099701);
    IF to_regclass(partition_name) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE measurement INCLUDING DEFAULTS)', partition_name);
    EXECUTE format('ALTER TABLE measurement ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                   partition_name, first_day || ' 00:00+00', next_day || ' 00:00+00');
END $$;
CREATE TABLE event (
    writer smallint NOT NULL,
    batch bigint NOT NULL,
    ordinal integer NOT NULL,
    location_id bigint NOT NULL REFERENCES location,
    kind text NOT NULL,
    time timestamptz NOT NULL,
    device_id bigint,
    name text NOT NULL DEFAULT '',
    depth smallint NOT NULL DEFAULT 0,
    data jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (writer, batch, ordinal)
);
CREATE INDEX event_by_location ON event (location_id, time);

-- Composer.
CREATE TABLE script (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    deployment_id bigint NOT NULL REFERENCES deployment,
    name text NOT NULL CHECK (name <> ''),
    library_name text, -- set when it was installed from the library
    created_at timestamptz NOT NULL DEFAULT now(),
    retired_at timestamptz,
    UNIQUE (deployment_id, name)
);
CREATE TABLE script_version (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    script_id bigint NOT NULL REFERENCES script,
    number integer NOT NULL,
    source text NOT NULL,
    helpers jsonb NOT NULL DEFAULT '{}', -- module name → source
    hash bytea NOT NULL,
    author text NOT NULL,
    comment text NOT NULL DEFAULT '',
    manifest jsonb, -- what the check found (engine::Manifest); NULL: the check refused it
    faults jsonb NOT NULL DEFAULT '[]',
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (script_id, number)
);
-- location_id NULL: every home of the deployment.
CREATE TABLE script_deployment (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    script_id bigint NOT NULL REFERENCES script,
    version_id bigint NOT NULL REFERENCES script_version,
    location_id bigint REFERENCES location,
    mode text NOT NULL DEFAULT 'live' CHECK (mode IN ('live', 'shadow')),
    paused boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE NULLS NOT DISTINCT (script_id, location_id, mode)
);
CREATE TABLE script_parameter (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    script_id bigint NOT NULL REFERENCES script,
    location_id bigint REFERENCES location, -- NULL: for all homes
    parameter_values jsonb NOT NULL,
    UNIQUE NULLS NOT DISTINCT (script_id, location_id)
);
-- One row per (script, home, mode): what a run changes, committed with its effects (rules 4 and 5).
CREATE TABLE script_instance (
    script_id bigint NOT NULL REFERENCES script,
    location_id bigint NOT NULL REFERENCES location,
    mode text NOT NULL DEFAULT 'live',
    version_id bigint NOT NULL REFERENCES script_version,
    status text NOT NULL DEFAULT 'running', -- running, paused-by-errors
    status_detail text NOT NULL DEFAULT '',
    errors_in_row integer NOT NULL DEFAULT 0,
    kills_in_row integer NOT NULL DEFAULT 0,
    state jsonb NOT NULL DEFAULT '{}',
    engine jsonb NOT NULL DEFAULT '{}', -- engine::InstanceState: clock, lasting conditions, schedule cursors, applied
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (script_id, location_id, mode)
);
CREATE TABLE script_timer (
    script_id bigint NOT NULL,
    location_id bigint NOT NULL,
    mode text NOT NULL DEFAULT 'live',
    name text NOT NULL,
    due timestamptz NOT NULL,
    data jsonb NOT NULL DEFAULT 'null',
    PRIMARY KEY (script_id, location_id, mode, name)
);
CREATE TABLE script_run (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    script_id bigint NOT NULL,
    version_id bigint NOT NULL,
    location_id bigint NOT NULL,
    mode text NOT NULL DEFAULT 'live',
    at timestamptz NOT NULL, -- home.now
    recorded_at timestamptz NOT NULL DEFAULT now(),
    handler text NOT NULL,
    trigger jsonb NOT NULL,
    status text NOT NULL, -- ok, error, killed, timeout, memory, looping, held-back
    because text NOT NULL DEFAULT '',
    error text NOT NULL DEFAULT '',
    log jsonb NOT NULL DEFAULT '[]',
    cpu_us integer NOT NULL DEFAULT 0,
    effect_count integer NOT NULL DEFAULT 0
);
CREATE INDEX script_run_by_script ON script_run (script_id, id);
CREATE INDEX script_run_by_location ON script_run (location_id, at);
-- One id per effect; recorded once, in the run's transaction; carried out after it.
CREATE TABLE effect (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id bigint NOT NULL,
    script_id bigint NOT NULL,
    location_id bigint NOT NULL,
    mode text NOT NULL DEFAULT 'live',
    kind text NOT NULL,
    at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    payload jsonb NOT NULL,
    refused text NOT NULL DEFAULT '' -- why it was not carried out (held back, no grant); '' : it was
);
CREATE INDEX effect_by_location ON effect (location_id, at);
CREATE INDEX effect_by_script ON effect (script_id, id);
CREATE INDEX effect_by_run ON effect (run_id);
-- How far each shard has come in each writer's log: all up to it is applied by all instances of the shard.
CREATE TABLE shard_position (
    shard smallint NOT NULL,
    writer smallint NOT NULL,
    number bigint NOT NULL,
    PRIMARY KEY (shard, writer)
);

-- Actions.
CREATE TABLE alert (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    deployment_id bigint NOT NULL REFERENCES deployment,
    location_id bigint NOT NULL REFERENCES location,
    source text NOT NULL CHECK (source IN ('script', 'device', 'quality')),
    script_id bigint REFERENCES script,
    run_id bigint,
    device_id bigint REFERENCES device,
    key text NOT NULL,
    severity text NOT NULL DEFAULT 'normal' CHECK (severity IN ('low', 'normal', 'urgent')),
    texts jsonb NOT NULL, -- language → text
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'acknowledged', 'resolved', 'dismissed')),
    at timestamptz NOT NULL, -- event time
    created_at timestamptz NOT NULL DEFAULT now(),
    state_by text NOT NULL DEFAULT '',
    state_at timestamptz,
    snoozed_until timestamptz,
    repeat_ms bigint,
    effect_id bigint UNIQUE REFERENCES effect
);
CREATE INDEX alert_by_deployment ON alert (deployment_id, id);
CREATE INDEX alert_by_location ON alert (location_id, id);
CREATE UNIQUE INDEX alert_one_per_cause ON alert (location_id, source, script_id, device_id, key) NULLS NOT DISTINCT
    WHERE state IN ('open', 'acknowledged');
CREATE TABLE alert_action (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert_id bigint NOT NULL REFERENCES alert,
    position smallint NOT NULL,
    key text NOT NULL,
    texts jsonb NOT NULL,
    device_id bigint NOT NULL REFERENCES device,
    parameters jsonb NOT NULL, -- [{"name","index","value"}]
    UNIQUE (alert_id, position)
);
-- To whom it goes and when; a row per participant, due after the escalation's delay.
CREATE TABLE alert_recipient (
    alert_id bigint NOT NULL REFERENCES alert,
    participant_id bigint NOT NULL REFERENCES participant,
    due_at timestamptz NOT NULL,
    delivered_at timestamptz,
    PRIMARY KEY (alert_id, participant_id)
);
CREATE INDEX alert_recipient_by_participant ON alert_recipient (participant_id, due_at);
CREATE TABLE alert_answer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert_id bigint NOT NULL REFERENCES alert,
    at timestamptz NOT NULL DEFAULT now(),
    actor text NOT NULL, -- participant:7, operator:3
    answer text NOT NULL CHECK (answer IN ('act', 'dismiss', 'acknowledge', 'resolve', 'comment')),
    action_id bigint REFERENCES alert_action,
    comment text NOT NULL DEFAULT '',
    logged boolean NOT NULL DEFAULT false -- its event row is in the log
);
CREATE INDEX alert_answer_by_alert ON alert_answer (alert_id);
CREATE INDEX alert_answer_to_log ON alert_answer (id) WHERE NOT logged;

CREATE TABLE command (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    deployment_id bigint NOT NULL REFERENCES deployment,
    location_id bigint NOT NULL REFERENCES location,
    device_id bigint NOT NULL REFERENCES device,
    gateway_id bigint NOT NULL REFERENCES device, -- who holds the connection; the device itself where there is no proxy
    type smallint NOT NULL DEFAULT 0,
    parameters jsonb NOT NULL,
    comment text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'queued'
        CHECK (state IN ('queued', 'sent', 'received', 'executed', 'failed', 'expired', 'cancelled')),
    requested_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    sent_at timestamptz,
    sent_count integer NOT NULL DEFAULT 0,
    received_at timestamptz,
    finished_at timestamptz,
    result smallint,
    late_result smallint, -- an answer that came after the end: kept and shown
    alert_id bigint REFERENCES alert,
    effect_id bigint UNIQUE REFERENCES effect,
    logged boolean NOT NULL DEFAULT false -- its command-finished row is in the log
);
CREATE INDEX command_to_log ON command (id) WHERE finished_at IS NOT NULL AND NOT logged;
CREATE INDEX command_open ON command (gateway_id, id) WHERE state IN ('queued', 'sent', 'received');
CREATE INDEX command_by_location ON command (location_id, id);
CREATE INDEX command_by_alert ON command (alert_id);

CREATE TABLE message (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    deployment_id bigint NOT NULL REFERENCES deployment,
    participant_id bigint NOT NULL REFERENCES participant,
    location_id bigint REFERENCES location,
    direction text NOT NULL CHECK (direction IN ('to-participant', 'from-participant')),
    kind text NOT NULL DEFAULT 'message' CHECK (kind IN ('message', 'question')),
    text text NOT NULL,
    author text NOT NULL, -- operator:3, script:5, participant:7
    created_at timestamptz NOT NULL DEFAULT now(),
    state text NOT NULL DEFAULT 'sent'
        CHECK (state IN ('queued', 'sent', 'delivered', 'read', 'answered', 'failed')),
    delivered_at timestamptz,
    read_at timestamptz,
    reply_to bigint REFERENCES message,
    key text NOT NULL DEFAULT '', -- a question's key
    question jsonb, -- {"type":"yes-no|one-of|several-of|number|time|text","choices":[…]}
    answer jsonb,
    answered_at timestamptz,
    effect_id bigint,
    due_at timestamptz NOT NULL DEFAULT now(), -- not shown before
    logged boolean NOT NULL DEFAULT false,     -- what the participant wrote or answered is in the log
    UNIQUE (effect_id, participant_id)
);
CREATE INDEX message_due ON message (due_at) WHERE state = 'queued';
CREATE INDEX message_to_log ON message (id)
    WHERE NOT logged AND (direction = 'from-participant' OR answered_at IS NOT NULL);
CREATE INDEX message_by_participant ON message (participant_id, id);
CREATE INDEX message_by_deployment ON message (deployment_id, id);

-- The time of a home's newest measurement: its present, where it lives by its data's clock.
CREATE FUNCTION home_newest(home bigint) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT max(newest.time) FROM stream s
    CROSS JOIN LATERAL (SELECT m.time FROM measurement m WHERE m.stream_id = s.id ORDER BY m.time DESC LIMIT 1) newest
    WHERE s.location_id = home
$$;
