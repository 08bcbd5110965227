-- These answers are in the log.
UPDATE alert_answer SET logged = true WHERE id = ANY(:ids::bigint[])
