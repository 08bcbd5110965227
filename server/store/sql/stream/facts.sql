-- The streams of facts, made where they are missing; :rows: [{"location","device" or null,"name","script"}].
WITH wanted AS (
    SELECT DISTINCT ON (location, device, name) location, device, name, script
    FROM jsonb_to_recordset(:rows::jsonb) AS r(location bigint, device bigint, name text, script bigint)
), made AS (
    INSERT INTO stream (location_id, device_id, name, script_id)
    SELECT location, device, name, script FROM wanted
    ON CONFLICT (location_id, device_id, name, index_text) DO UPDATE SET script_id = EXCLUDED.script_id
    RETURNING id, location_id, device_id, name
)
SELECT id, location_id, device_id, name FROM made
