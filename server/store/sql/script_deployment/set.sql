-- Deploys a version in one home, or in all where :location is NULL; what was there of this mode is replaced.
INSERT INTO script_deployment (script_id, version_id, location_id, mode)
VALUES (:script, :version, :location, :mode)
ON CONFLICT (script_id, location_id, mode) DO UPDATE
SET version_id = EXCLUDED.version_id, paused = false, paused_at = NULL, taken_off = false
RETURNING id
