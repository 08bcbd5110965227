-- Instances go over to another version; with :fresh they forget their state. :rows: [{"location","mode"}].
UPDATE script_instance i
SET version_id = :version, status = CASE WHEN status = 'paused-by-errors' THEN 'resuming' ELSE status END,
    errors_in_row = 0, kills_in_row = 0,
    state = CASE WHEN :fresh::boolean THEN '{}' ELSE state END,
    engine = engine - (CASE WHEN :fresh::boolean THEN 'extra' ELSE '' END) || '{"wakeAt": 0}'
FROM jsonb_to_recordset(:rows::jsonb) AS r(location bigint, mode text)
WHERE i.script_id = :script AND i.location_id = r.location AND i.mode = r.mode
