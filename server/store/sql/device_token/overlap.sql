-- Older tokens of a device end a day after a new one was made, so that the device can change over.
UPDATE device_token SET expires_at = LEAST(COALESCE(expires_at, 'infinity'), now() + interval '1 day')
WHERE device_id = :device::bigint AND revoked_at IS NULL
