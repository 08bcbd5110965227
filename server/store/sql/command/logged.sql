-- The ends of these commands are in the log.
UPDATE command SET logged = true WHERE id = ANY(:ids::bigint[])
