-- These messages are in the log.
UPDATE message SET logged = true WHERE id = ANY(:ids::bigint[])
