-- Until the transaction's end nobody else counts the open commands of this device's gateway; nothing when the device is not in
-- this home or is retired. A statement of its own, so that the next one sees what was committed while it waited.
SELECT d.id, pg_advisory_xact_lock(hashtextextended('open commands of ' || COALESCE(d.gateway_id, d.id), 0))
FROM device d
WHERE d.id = :device AND d.location_id = :location AND d.deployment_id = :deployment AND d.retired_at IS NULL
