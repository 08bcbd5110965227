-- A server that stops counts as gone, and is not to be chosen any more, at once.
UPDATE node SET heartbeat = LEAST(heartbeat, now() - make_interval(secs => :alive_s::integer)), connections = 0 WHERE name = :name
