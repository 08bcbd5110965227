-- A device's connection to this node came or went; a report of an older connection changes nothing.
INSERT INTO device_presence (device_id, node, epoch, connected, since)
VALUES (:device, :node, :epoch, :connected, :since)
ON CONFLICT (device_id) DO UPDATE SET node = EXCLUDED.node, epoch = EXCLUDED.epoch, connected = EXCLUDED.connected,
    since = EXCLUDED.since
WHERE (EXCLUDED.epoch, EXCLUDED.since) >= (device_presence.epoch, device_presence.since)
   OR (device_presence.node <> EXCLUDED.node AND EXCLUDED.since >= device_presence.since AND EXCLUDED.connected)
