-- The servers heard of lately, with the age of their heartbeats by the database's own clock.
SELECT name, deviceio_url, api_url, roles, connections, capacity, cpu, draining, version,
       (extract(epoch FROM clock_timestamp() - heartbeat) * 1000)::bigint AS age_ms
FROM node WHERE heartbeat > now() - interval '7 days' ORDER BY name
