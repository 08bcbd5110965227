-- These devices were heard of without a channel.
INSERT INTO device_heard (device_id, at)
SELECT r.device, max(to_timestamp(r.since / 1000.0))
FROM jsonb_to_recordset(:rows::jsonb) AS r (device bigint, since bigint)
JOIN device d ON d.id = r.device
GROUP BY r.device
ORDER BY r.device
ON CONFLICT (device_id) DO UPDATE SET at = GREATEST(device_heard.at, excluded.at)
