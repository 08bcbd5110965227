-- A server that stops is not to be chosen any more, at once.
UPDATE node SET heartbeat = now() - interval '1 hour', connections = 0 WHERE name = :name
