-- The deployment that an object belongs to.
SELECT d.id AS deployment_id FROM deployment d WHERE :noun::text = 'deployment' AND d.id = :id::bigint
UNION ALL SELECT deployment_id FROM location WHERE :noun::text = 'location' AND id = :id::bigint AND retired_at IS NULL
UNION ALL SELECT l.deployment_id FROM room r JOIN location l ON l.id = r.location_id WHERE :noun::text = 'room' AND r.id = :id::bigint AND l.retired_at IS NULL
UNION ALL SELECT deployment_id FROM participant WHERE :noun::text = 'participant' AND id = :id::bigint
UNION ALL SELECT deployment_id FROM device WHERE :noun::text = 'device' AND id = :id::bigint
UNION ALL SELECT l.deployment_id FROM stream s JOIN location l ON l.id = s.location_id WHERE :noun::text = 'stream' AND s.id = :id::bigint
UNION ALL SELECT deployment_id FROM command WHERE :noun::text = 'command' AND id = :id::bigint
UNION ALL SELECT deployment_id FROM alert WHERE :noun::text = 'alert' AND id = :id::bigint
UNION ALL SELECT deployment_id FROM message WHERE :noun::text = 'message' AND id = :id::bigint
UNION ALL SELECT deployment_id FROM script WHERE :noun::text = 'script' AND id = :id::bigint AND retired_at IS NULL
UNION ALL SELECT s.deployment_id FROM script_version v JOIN script s ON s.id = v.script_id WHERE :noun::text = 'version' AND v.id = :id::bigint AND s.retired_at IS NULL
UNION ALL SELECT l.deployment_id FROM script_run r JOIN location l ON l.id = r.location_id WHERE :noun::text = 'run' AND r.id = :id::bigint
