-- One server of the pool counts at a time; until the transaction's end.
SELECT pg_try_advisory_xact_lock(7240001, 9) AS taken
