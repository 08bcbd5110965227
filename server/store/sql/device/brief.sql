-- What handlers must know of one device.
SELECT d.id, d.deployment_id, d.location_id, d.key, d.type, d.gateway_id, d.tokenless, d.retired_at, l.clock, c.connected
FROM device d JOIN location l ON l.id = d.location_id JOIN device_connection c ON c.device_id = d.id
WHERE d.id = :id::bigint
