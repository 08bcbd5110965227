-- A new token; only its hash is kept. From then on nobody speaks for the device without one.
WITH named AS (UPDATE device SET tokenless = false WHERE id = :device::bigint AND tokenless)
INSERT INTO device_token (device_id, token_hash) VALUES (:device::bigint, :token::bytea)
