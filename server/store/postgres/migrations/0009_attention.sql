-- What needs somebody, counted as it happens: pages read one row of a deployment, and the rows of homes in trouble.

-- How a stream is judged: a copy of the device types' table, written after the migrations; type -1: of any type that is not
-- there, without a name: how long what reports only changes may be without a sign. interval_s 0: it reports only changes; of a
-- type that measures nothing (a gateway) a row without a name.
CREATE TABLE expected_report (
    type integer NOT NULL,
    name text NOT NULL,
    interval_s integer NOT NULL,
    PRIMARY KEY (type, name)
);
-- When a device that holds no channel was heard of last, in steps of minutes.
CREATE TABLE device_heard (
    device_id bigint PRIMARY KEY REFERENCES device,
    at timestamptz NOT NULL
) WITH (fillfactor = 50);

-- Whether a device is connected: its own row or its gateway's, which counts only with its node's heartbeat; and when it lost
-- the connection that it once had.
CREATE OR REPLACE VIEW device_connection AS
    SELECT d.id AS device_id, x.connected, GREATEST(p.since, g.since) AS since,
           CASE WHEN NOT x.connected THEN
               GREATEST(CASE WHEN p.connected THEN COALESCE(pn.heartbeat + interval '20 seconds', p.since) ELSE p.since END,
                        CASE WHEN g.connected THEN COALESCE(gn.heartbeat + interval '20 seconds', g.since) ELSE g.since END)
           END AS lost_at
    FROM device d
    LEFT JOIN device_presence p ON p.device_id = d.id
    LEFT JOIN node pn ON pn.name = p.node
    LEFT JOIN device_presence g ON g.device_id = d.gateway_id
    LEFT JOIN node gn ON gn.name = g.node
    CROSS JOIN LATERAL (SELECT COALESCE(p.connected AND pn.heartbeat > now() - interval '20 seconds', false)
                            OR COALESCE(g.connected AND gn.heartbeat > now() - interval '20 seconds', false) AS connected) x;

-- Whether a device's data comes (architecture.md, rule 9): a periodic stream by its interval, three times over and at least
-- five minutes; where the type does not say, an hour at least; one of changes by the connection and by what was heard, of it or
-- of its gateway. Facts are no sign of a device. `due_at`: when that changes next by itself.
CREATE VIEW device_life AS
    SELECT d.id AS device_id, d.deployment_id, d.location_id, c.connected, c.since, c.lost_at, f.newest,
           GREATEST(h.at, g.at) AS heard_at, r.reporting,
           CASE r.reporting
               WHEN 'reporting' THEN LEAST(f.due_at, CASE WHEN f.on_change AND NOT c.connected THEN e.heard + e.quiet END)
               WHEN 'silent' THEN now() + interval '30 seconds'
               ELSE CASE WHEN f.made_at > now() - interval '5 minutes' THEN now() + interval '15 seconds' END END AS due_at
    FROM device d
    JOIN location l ON l.id = d.location_id
    JOIN device_connection c ON c.device_id = d.id
    LEFT JOIN device_heard h ON h.device_id = d.id
    LEFT JOIN device_heard g ON g.device_id = d.gateway_id
    CROSS JOIN (SELECT make_interval(secs => max(interval_s)) AS span FROM expected_report WHERE type = -1 AND name = '') quiet
    CROSS JOIN LATERAL (
        SELECT max(x.time) AS newest, max(s.created_at) AS made_at,
               COALESCE(bool_or(w.judged_for IS NOT NULL AND x.time IS NOT NULL AND v.time IS NULL), false) AS overdue,
               COALESCE(bool_or(w.judged_for IS NULL AND x.time IS NOT NULL), false) AS on_change,
               min(v.time + w.judged_for) AS due_at
        FROM stream s
        LEFT JOIN expected_report k ON k.type = d.type AND k.name = s.name
        LEFT JOIN expected_report a ON a.type = -1 AND a.name = s.name AND k.name IS NULL
        CROSS JOIN LATERAL (SELECT CASE WHEN k.interval_s > 0 THEN GREATEST(k.interval_s * 3, 300) * interval '1 second'
                                        WHEN a.interval_s > 0 THEN GREATEST(a.interval_s * 3 * interval '1 second', quiet.span)
                                   END AS judged_for) w
        LEFT JOIN LATERAL (SELECT m.time FROM measurement m WHERE m.stream_id = s.id ORDER BY m.time DESC LIMIT 1) x ON true
        LEFT JOIN LATERAL (SELECT m.time FROM measurement m
                           WHERE m.stream_id = s.id AND m.time > now() - w.judged_for
                             AND (m.number IS NOT NULL OR m.text IS NOT NULL)
                           ORDER BY m.time DESC LIMIT 1) v ON x.time > now() - w.judged_for
        WHERE s.device_id = d.id AND s.script_id IS NULL) f
    CROSS JOIN LATERAL (SELECT GREATEST(h.at, g.at, c.lost_at, f.newest) AS heard, quiet.span AS quiet) e
    CROSS JOIN LATERAL (SELECT CASE
        WHEN f.newest IS NULL THEN CASE WHEN (c.connected OR e.heard > now() - e.quiet)
                                             AND EXISTS (SELECT 1 FROM expected_report n WHERE n.type = d.type AND n.name = '')
                                        THEN 'reporting' ELSE 'never' END
        WHEN l.clock = 'events' THEN 'reporting'
        WHEN f.overdue OR (f.on_change AND NOT c.connected AND e.heard <= now() - e.quiet) THEN 'silent'
        ELSE 'reporting' END AS reporting) r;

-- A home's devices, counted; what of them lost its connection (for 20 s at least) and what is silent besides. Of one cause,
-- its device; names: the first three.
CREATE TABLE home_state (
    location_id bigint PRIMARY KEY REFERENCES location,
    deployment_id bigint NOT NULL,
    devices integer NOT NULL,
    connected integer NOT NULL,
    reporting integer NOT NULL,
    lost integer NOT NULL,
    lost_device bigint,
    lost_names text NOT NULL,
    lost_since timestamptz,
    silent integer NOT NULL,
    silent_device bigint,
    silent_names text NOT NULL,
    silent_since timestamptz,
    due_at timestamptz -- when to count again, whatever happens; NULL: only when something happens
) WITH (fillfactor = 50);
CREATE INDEX home_state_in_trouble ON home_state (deployment_id) WHERE lost > 0 OR silent > 0;
CREATE INDEX home_state_by_deployment ON home_state (deployment_id);
CREATE INDEX home_state_due ON home_state (due_at) WHERE due_at IS NOT NULL;
CREATE TABLE deployment_state (
    deployment_id bigint PRIMARY KEY REFERENCES deployment,
    locations integer NOT NULL,
    participants integer NOT NULL,
    devices integer NOT NULL,
    connected integer NOT NULL,
    reporting integer NOT NULL
) WITH (fillfactor = 50);
-- What is to be counted again; in the transaction of the change, taken by whoever counts.
CREATE TABLE count_touched (
    deployment_id bigint NOT NULL,
    location_id bigint
);
ALTER TABLE node ADD COLUMN counted boolean NOT NULL DEFAULT false; -- as alive, when its devices were counted last
CREATE INDEX device_presence_by_node ON device_presence (node) WHERE connected;

CREATE FUNCTION touch_places() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    new_row jsonb := to_jsonb(NEW);
    old_row jsonb := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) END;
    home text := CASE WHEN TG_TABLE_NAME = 'location' THEN 'id' ELSE 'location_id' END;
BEGIN
    INSERT INTO count_touched VALUES ((new_row->>'deployment_id')::bigint, (new_row->>home)::bigint);
    IF old_row->>home <> new_row->>home THEN
        INSERT INTO count_touched VALUES ((old_row->>'deployment_id')::bigint, (old_row->>home)::bigint);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER device_touched AFTER INSERT OR UPDATE ON device FOR EACH ROW EXECUTE FUNCTION touch_places();
CREATE TRIGGER location_touched AFTER INSERT OR UPDATE ON location FOR EACH ROW EXECUTE FUNCTION touch_places();
CREATE TRIGGER participant_touched AFTER INSERT ON participant FOR EACH ROW EXECUTE FUNCTION touch_places();
CREATE FUNCTION touch_homes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO count_touched SELECT DISTINCT d.deployment_id, d.location_id FROM touched t JOIN device d ON d.id = t.device_id;
    RETURN NULL;
END $$;
CREATE TRIGGER presence_made AFTER INSERT ON device_presence REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION touch_homes();
CREATE TRIGGER presence_changed AFTER UPDATE ON device_presence REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION touch_homes();
CREATE TRIGGER stream_made AFTER INSERT ON stream REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION touch_homes();
INSERT INTO count_touched SELECT deployment_id, id FROM location;
INSERT INTO count_touched SELECT DISTINCT deployment_id, NULL::bigint FROM participant;

-- A fact is not the home's present: what a script says is not what was measured.
CREATE OR REPLACE FUNCTION home_newest(home bigint) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT max(newest.time) FROM stream s
    CROSS JOIN LATERAL (SELECT m.time FROM measurement m WHERE m.stream_id = s.id ORDER BY m.time DESC LIMIT 1) newest
    WHERE s.location_id = home AND s.script_id IS NULL
$$;

-- What is open: the overview's rows and figures, and the dispatcher's look each second, cost what there is of it.
CREATE INDEX alert_open ON alert (deployment_id, severity) WHERE state IN ('open', 'acknowledged');
CREATE INDEX alert_open_newest ON alert (created_at) WHERE state IN ('open', 'acknowledged');
CREATE INDEX alert_snoozed ON alert (snoozed_until) WHERE state = 'acknowledged' AND snoozed_until IS NOT NULL;
CREATE INDEX alert_recipient_due ON alert_recipient (due_at);
CREATE INDEX script_instance_paused ON script_instance (script_id) WHERE status = 'paused-by-errors';
CREATE INDEX message_unanswered ON message (deployment_id, created_at)
    WHERE kind = 'question' AND direction = 'to-participant' AND answered_at IS NULL;
-- Read by an operator: opened in the console, or answered.
UPDATE message m SET read_at = now(), state = 'read'
WHERE m.direction = 'from-participant' AND m.read_at IS NULL
  AND m.id < (SELECT max(o.id) FROM message o WHERE o.participant_id = m.participant_id AND o.direction = 'to-participant'
                AND o.author LIKE 'operator:%');
CREATE INDEX message_unread ON message (deployment_id, participant_id, id)
    WHERE direction = 'from-participant' AND read_at IS NULL;

-- When somebody is to be reminded of an alert that repeats.
ALTER TABLE alert_recipient ADD COLUMN remind_at timestamptz;
CREATE FUNCTION plan_reminder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.remind_at := NEW.delivered_at + (SELECT make_interval(secs => a.repeat_ms::double precision / 1000)
                                         FROM alert a WHERE a.id = NEW.alert_id AND a.repeat_ms > 0);
    RETURN NEW;
END $$;
CREATE TRIGGER alert_recipient_made BEFORE INSERT ON alert_recipient
    FOR EACH ROW WHEN (NEW.delivered_at IS NOT NULL) EXECUTE FUNCTION plan_reminder();
CREATE TRIGGER alert_recipient_delivered BEFORE UPDATE OF delivered_at ON alert_recipient
    FOR EACH ROW WHEN (NEW.delivered_at <> OLD.delivered_at OR OLD.delivered_at IS NULL) EXECUTE FUNCTION plan_reminder();
UPDATE alert_recipient r SET remind_at = r.delivered_at + make_interval(secs => a.repeat_ms::double precision / 1000)
FROM alert a WHERE a.id = r.alert_id AND a.repeat_ms > 0;
CREATE INDEX alert_recipient_remind ON alert_recipient (remind_at) WHERE remind_at IS NOT NULL;
