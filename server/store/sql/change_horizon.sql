-- All transactions before this one have ended; the newest change there is; whether any is of a later transaction.
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon,
       coalesce((SELECT max(seq) FROM change), 0) AS newest,
       EXISTS (SELECT 1 FROM change WHERE xid >= pg_snapshot_xmin(pg_current_snapshot())) AS behind
