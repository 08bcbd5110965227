-- All tokens of a device end now.
UPDATE device_token SET revoked_at = now() WHERE device_id = :device::bigint AND revoked_at IS NULL
