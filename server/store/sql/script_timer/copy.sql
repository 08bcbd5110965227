-- A shadow's timers begin as a copy of live's; :rows as for the instances.
INSERT INTO script_timer (script_id, location_id, mode, name, due, data)
SELECT t.script_id, t.location_id, 'shadow', t.name, t.due, t.data
FROM script_timer t JOIN jsonb_to_recordset(:rows::jsonb) AS r(location bigint, mode text) ON r.location = t.location_id
WHERE t.script_id = :script AND t.mode = 'live' AND r.mode = 'shadow'
ON CONFLICT (script_id, location_id, mode, name) DO NOTHING
