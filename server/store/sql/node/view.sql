-- The pool's servers with their heartbeats.
SELECT jsonb_build_object('name', n.name, 'roles', n.roles, 'deviceioUrl', n.deviceio_url, 'apiUrl', n.api_url,
           'heartbeat', iso(n.heartbeat), 'alive', n.heartbeat > now() - interval '20 seconds', 'connections', n.connections,
           'capacity', n.capacity, 'cpu', n.cpu, 'draining', n.draining, 'version', n.version) AS item
FROM node n WHERE n.heartbeat > now() - interval '7 days' ORDER BY n.name LIMIT 1000
