-- Timers of some instances; :rows: [{"script","location","mode","name","due","data"}].
INSERT INTO script_timer (script_id, location_id, mode, name, due, data)
SELECT script, location, mode, name, to_timestamp(due / 1000.0), coalesce(data, 'null')
FROM jsonb_to_recordset(:rows::jsonb) AS r(script bigint, location bigint, mode text, name text, due double precision,
     data jsonb)
ON CONFLICT (script_id, location_id, mode, name) DO UPDATE SET due = EXCLUDED.due, data = EXCLUDED.data
