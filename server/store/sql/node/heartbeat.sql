-- A server says that it is alive and how much it can take; whether it drains is the operator's to say.
INSERT INTO node (name, deviceio_url, api_url, roles, heartbeat, connections, capacity, cpu, version)
VALUES (:name, :deviceio_url, :api_url, :roles, now(), :connections, :capacity, :cpu, :version)
ON CONFLICT (name) DO UPDATE SET deviceio_url = excluded.deviceio_url, api_url = excluded.api_url,
    roles = excluded.roles, heartbeat = now(), connections = excluded.connections, capacity = excluded.capacity,
    cpu = excluded.cpu, version = excluded.version
RETURNING draining
