-- What registration must know of a home.
SELECT l.id, l.deployment_id, l.clock, d.allow_tokenless_devices, d.server_ttl_s
FROM location l JOIN deployment d ON d.id = l.deployment_id WHERE l.id = :id::bigint
