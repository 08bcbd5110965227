-- A device by its outward id, within one deployment.
SELECT d.id, d.location_id, d.gateway_id, d.tokenless, d.retired_at FROM device d
WHERE d.deployment_id = :deployment::bigint AND d.key = :key::text
