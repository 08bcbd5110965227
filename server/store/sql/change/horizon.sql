-- All transactions before this one have ended; the newest change there is; whether any is of a later transaction.
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon,
       coalesce((SELECT max(seq) FROM change), 0) AS newest,
       coalesce((SELECT xid FROM change ORDER BY xid DESC LIMIT 1) >= pg_snapshot_xmin(pg_current_snapshot()), false) AS behind
