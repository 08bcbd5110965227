-- The devices that tokens stand for, by the SHA-256 of each token in hex, separated by commas.
SELECT encode(t.token_hash, 'hex') AS hash, t.device_id, t.expires_at
FROM unnest(string_to_array(:hashes::text, ',')) AS wanted(hash)
JOIN device_token t ON t.token_hash = decode(wanted.hash, 'hex')
WHERE t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())
