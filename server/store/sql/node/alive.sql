-- The device servers that a device may be sent to.
SELECT name, deviceio_url, connections, capacity, cpu, extract(epoch FROM heartbeat)::float8 AS beat
FROM node
WHERE heartbeat > now() - make_interval(secs => :chosen_s::integer) AND NOT draining AND deviceio_url <> '' AND capacity > 0
ORDER BY name
LIMIT 1000
