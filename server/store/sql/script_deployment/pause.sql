-- Pauses or resumes a script everywhere it is deployed.
UPDATE script_deployment
SET paused = :paused::boolean, paused_at = CASE WHEN :paused::boolean THEN COALESCE(paused_at, now()) END
WHERE script_id = :script
