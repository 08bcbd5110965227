-- One button of an alert; nothing when the device is not in this home.
INSERT INTO alert_action (alert_id, position, key, texts, device_id, parameters)
SELECT :alert::bigint, :position::integer, :key::text, :texts::jsonb, d.id, :parameters::jsonb
FROM device d WHERE d.id = :device AND d.location_id = :location AND d.retired_at IS NULL
RETURNING id
