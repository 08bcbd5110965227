-- The effects of some runs, in the order in which they were asked for.
SELECT id, run_id, kind, payload, refused FROM effect WHERE run_id = ANY(:runs::bigint[]) ORDER BY id
