-- These devices have a channel at this node now; each later connection has a greater epoch.
INSERT INTO device_presence (device_id, node, epoch, connected, since)
SELECT r.device, :node, 1, true, to_timestamp(r.since / 1000.0)
FROM jsonb_to_recordset(:rows::jsonb) AS r (device bigint, since bigint)
JOIN device d ON d.id = r.device
ORDER BY r.device
ON CONFLICT (device_id) DO UPDATE SET node = excluded.node, epoch = device_presence.epoch + 1, connected = true,
    since = excluded.since
RETURNING device_id, epoch
