-- A device in use by its outward id, within one deployment.
SELECT d.id, d.deployment_id, d.location_id, d.key, d.gateway_id, d.tokenless, d.retired_at IS NOT NULL AS retired, c.connected
FROM device d JOIN device_connection c ON c.device_id = d.id
WHERE d.deployment_id = :deployment::bigint AND d.key = :key::text AND d.retired_at IS NULL
