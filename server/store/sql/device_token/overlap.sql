-- Older tokens of a device end some time after a new one was made, so that the device can change over.
UPDATE device_token SET expires_at = LEAST(COALESCE(expires_at, 'infinity'), now() + make_interval(secs => :overlap_s::integer))
WHERE device_id = :device::bigint AND revoked_at IS NULL
