-- Instances that are paused or go on; :rows: [{"location","mode"}].
UPDATE script_instance i SET status = :status, status_detail = '', updated_at = now()
FROM jsonb_to_recordset(:rows::jsonb) AS r(location bigint, mode text)
WHERE i.script_id = :script AND i.location_id = r.location AND i.mode = r.mode
