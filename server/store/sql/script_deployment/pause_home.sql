-- Pauses or resumes a script in one home: its own row, made from the row of all homes where there is none.
INSERT INTO script_deployment (script_id, version_id, location_id, mode, paused, paused_at)
SELECT d.script_id, d.version_id, :location::bigint, d.mode, :paused::boolean,
       CASE WHEN :paused::boolean THEN COALESCE(d.paused_at, now()) END
FROM script_deployment d
WHERE d.script_id = :script AND NOT d.taken_off
  AND (d.location_id = :location::bigint OR (d.location_id IS NULL AND NOT EXISTS (
    SELECT FROM script_deployment own
    WHERE own.script_id = d.script_id AND own.mode = d.mode AND own.location_id = :location::bigint)))
ON CONFLICT (script_id, location_id, mode) DO UPDATE
SET paused = EXCLUDED.paused, paused_at = EXCLUDED.paused_at
