-- The pool's servers that were heard of in the last :days.
SELECT n.name, n.roles AS role_list, n.deviceio_url, n.api_url, n.heartbeat,
       n.heartbeat > now() - make_interval(secs => :alive_s::integer) AS alive, n.connections, n.capacity, n.cpu, n.version
FROM node n WHERE n.heartbeat > now() - make_interval(days => :days::integer) ORDER BY n.name LIMIT :count::integer
