-- This node starts: what it left connected when it last ended no longer is. Answers with who that was.
UPDATE device_presence p SET connected = false, since = :since
FROM device d
WHERE p.node = :node AND p.connected AND p.epoch < :epoch AND d.id = p.device_id
RETURNING p.device_id, d.location_id, d.deployment_id
