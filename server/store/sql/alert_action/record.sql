-- One button of an alert; nothing when its device is not in this home. Without a device it is an answer alone.
INSERT INTO alert_action (alert_id, position, key, texts, device_id, parameters)
SELECT :alert::bigint, :position::integer, :key::text, :texts::jsonb, d.id, :parameters::jsonb
FROM (SELECT :device::bigint AS device_id) wanted
LEFT JOIN device d ON d.id = wanted.device_id AND d.location_id = :location AND d.retired_at IS NULL
WHERE wanted.device_id IS NULL OR d.id IS NOT NULL
RETURNING id
