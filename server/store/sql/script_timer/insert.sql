-- Timers of some instances; :rows: [{"script","location","mode","name","due","data"}], data as JSON text.
INSERT INTO script_timer (script_id, location_id, mode, name, due, data)
SELECT script, location, mode, name, to_timestamp(due / 1000.0), coalesce(data::jsonb, 'null')
FROM jsonb_to_recordset(:rows::jsonb) AS r(script bigint, location bigint, mode text, name text, due double precision,
     data text)
ON CONFLICT (script_id, location_id, mode, name) DO UPDATE SET due = EXCLUDED.due, data = EXCLUDED.data
