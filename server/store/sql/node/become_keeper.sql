-- One dispatcher of the pool looks after expiry, escalation and the log; the lock ends with its connection.
SELECT pg_try_advisory_lock(7240001, 1) AS taken
