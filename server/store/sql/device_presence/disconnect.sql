-- These devices have lost their channel; a row that a later connection has written since is left alone.
UPDATE device_presence p SET connected = false, since = to_timestamp(r.since / 1000.0)
FROM jsonb_to_recordset(:rows::jsonb) AS r (device bigint, epoch bigint, since bigint)
WHERE p.device_id = r.device AND p.node = :node AND p.epoch = r.epoch AND p.connected
