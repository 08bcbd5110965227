-- All timers of some instances; :rows: [{"script","location","mode"}].
DELETE FROM script_timer t USING jsonb_to_recordset(:rows::jsonb) AS r(script bigint, location bigint, mode text)
WHERE t.script_id = r.script AND t.location_id = r.location AND t.mode = r.mode
