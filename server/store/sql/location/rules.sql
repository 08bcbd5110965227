-- What registration must know of a home.
SELECT l.deployment_id, l.clock, d.allow_tokenless_devices
FROM location l JOIN deployment d ON d.id = l.deployment_id WHERE l.id = :id::bigint AND l.retired_at IS NULL
