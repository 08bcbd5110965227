-- Of a device that comes into another home both homes hear: scripts of the one that it left had it on.
CREATE OR REPLACE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    r jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
    before jsonb := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) END;
BEGIN
    INSERT INTO change (kind, deployment_id, location_id, object_id)
    VALUES (TG_TABLE_NAME,
            CASE WHEN TG_TABLE_NAME = 'deployment' THEN (r->>'id')::bigint ELSE (r->>'deployment_id')::bigint END,
            CASE WHEN TG_TABLE_NAME = 'location' THEN (r->>'id')::bigint ELSE (r->>'location_id')::bigint END,
            COALESCE(r->>'device_id', r->>'script_id', r->>'id')::bigint);
    IF TG_TABLE_NAME = 'device' AND before->>'location_id' <> r->>'location_id' THEN
        INSERT INTO change (kind, deployment_id, location_id, object_id)
        VALUES (TG_TABLE_NAME, (r->>'deployment_id')::bigint, (before->>'location_id')::bigint, (r->>'id')::bigint);
    END IF;
    RETURN NULL;
END $$;
