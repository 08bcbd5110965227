-- All transactions before this one have ended; the newest change there is.
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon,
       coalesce((SELECT max(seq) FROM change), 0) AS newest
