-- Takes a script off one home while it stays set to run in all others.
INSERT INTO script_deployment (script_id, version_id, location_id, mode, taken_off)
SELECT d.script_id, d.version_id, :location::bigint, d.mode, true FROM script_deployment d
WHERE d.script_id = :script AND d.location_id IS NULL AND (:mode::text IS NULL OR d.mode = :mode::text)
ON CONFLICT (script_id, location_id, mode) DO NOTHING
