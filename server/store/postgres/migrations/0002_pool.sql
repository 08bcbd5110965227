-- The pool and its figures; who is connected; what changed that somebody caches.
CREATE TABLE node (
    name text PRIMARY KEY,
    deviceio_url text NOT NULL DEFAULT '',
    api_url text NOT NULL DEFAULT '',
    roles text NOT NULL,
    heartbeat timestamptz NOT NULL DEFAULT now(),
    connections integer NOT NULL DEFAULT 0,
    capacity integer NOT NULL DEFAULT 0,
    cpu double precision NOT NULL DEFAULT 0,
    draining boolean NOT NULL DEFAULT false,
    version text NOT NULL DEFAULT ''
);
CREATE TABLE metric_sample (
    node text NOT NULL,
    at timestamptz NOT NULL,
    sample jsonb NOT NULL, -- metrics::Sample as JSON
    PRIMARY KEY (node, at)
);

-- Whether a device is connected: its own row or its gateway's, which counts only with its node's heartbeat.
CREATE VIEW device_connection AS
    SELECT d.id AS device_id, COALESCE(bool_or(p.connected AND n.heartbeat > now() - interval '20 seconds'), false)
               AS connected, max(p.since) AS since
    FROM device d
    LEFT JOIN device_presence p ON p.device_id IN (d.id, d.gateway_id)
    LEFT JOIN node n ON n.name = p.node
    GROUP BY d.id;

-- What changed that somebody caches. Read in order of `seq` among the transactions that have ended:
-- WHERE seq > :last AND xid < pg_snapshot_xmin(pg_current_snapshot()).
CREATE TABLE change (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT now(),
    kind text NOT NULL, -- the table's name
    deployment_id bigint,
    location_id bigint,
    object_id bigint
);
CREATE INDEX change_by_xid ON change (xid);
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    r jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
    INSERT INTO change (kind, deployment_id, location_id, object_id)
    VALUES (TG_TABLE_NAME,
            CASE WHEN TG_TABLE_NAME = 'deployment' THEN (r->>'id')::bigint ELSE (r->>'deployment_id')::bigint END,
            CASE WHEN TG_TABLE_NAME = 'location' THEN (r->>'id')::bigint ELSE (r->>'location_id')::bigint END,
            COALESCE(r->>'device_id', r->>'script_id', r->>'id')::bigint);
    RETURN NULL;
END $$;
CREATE TRIGGER deployment_change AFTER INSERT OR UPDATE OR DELETE ON deployment FOR EACH ROW EXECUTE FUNCTION note_change();
CREATE TRIGGER location_change AFTER INSERT OR UPDATE OR DELETE ON location FOR EACH ROW EXECUTE FUNCTION note_change();
CREATE TRIGGER room_change AFTER INSERT OR UPDATE OR DELETE ON room FOR EACH ROW EXECUTE FUNCTION note_change();
CREATE TRIGGER device_change AFTER INSERT OR UPDATE OR DELETE ON device FOR EACH ROW EXECUTE FUNCTION note_change();
CREATE TRIGGER device_token_change AFTER INSERT OR UPDATE OR DELETE ON device_token FOR EACH ROW EXECUTE FUNCTION note_change();
CREATE TRIGGER script_deployment_change AFTER INSERT OR UPDATE OR DELETE ON script_deployment FOR EACH ROW EXECUTE FUNCTION note_change();
CREATE TRIGGER script_parameter_change AFTER INSERT OR UPDATE OR DELETE ON script_parameter FOR EACH ROW EXECUTE FUNCTION note_change();
