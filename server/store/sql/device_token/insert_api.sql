-- A new token; only its hash is kept.
INSERT INTO device_token (device_id, token_hash) VALUES (:device::bigint, :token::bytea)
