-- Takes every shard of the 64 that nobody owns, for as long as this connection lives.
SELECT shard FROM generate_series(0, 63) AS shard WHERE pg_try_advisory_lock(17231, shard)
