-- Changes of configuration after `seq`, of transactions that have ended; `seq` NULL: only the newest number.
SELECT c.seq, c.kind, COALESCE(c.deployment_id, l.deployment_id) AS deployment_id, c.object_id
FROM change c LEFT JOIN location l ON l.id = c.location_id
WHERE c.seq > :seq::bigint AND c.xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY c.seq LIMIT 500
