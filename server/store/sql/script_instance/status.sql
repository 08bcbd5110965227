-- Instances that are paused or go on; :engine is put over what the engine keeps. :rows: [{"location","mode"}].
UPDATE script_instance i
SET status = :status, status_detail = :detail, engine = i.engine || :engine::jsonb, updated_at = now()
FROM jsonb_to_recordset(:rows::jsonb) AS r(location bigint, mode text)
WHERE i.script_id = :script AND i.location_id = r.location AND i.mode = r.mode
