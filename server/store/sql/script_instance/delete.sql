-- Instances that are not deployed any more; :rows: [{"location","mode"}].
DELETE FROM script_instance i USING jsonb_to_recordset(:rows::jsonb) AS r(location bigint, mode text)
WHERE i.script_id = :script AND i.location_id = r.location AND i.mode = r.mode
