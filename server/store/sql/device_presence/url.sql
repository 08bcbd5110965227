-- The device server that a device (or its gateway) is connected to now.
SELECT n.deviceio_url FROM device d
JOIN device_presence p ON p.device_id IN (d.id, d.gateway_id) JOIN node n ON n.name = p.node
WHERE d.id = :device::bigint AND p.connected AND n.heartbeat > now() - make_interval(secs => :alive_s::integer)
LIMIT 1
