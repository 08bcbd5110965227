-- The tokens of these devices that are good now.
SELECT encode(token_hash, 'hex') AS hash, device_id FROM device_token
WHERE device_id = ANY(:ids::bigint[]) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
