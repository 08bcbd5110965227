-- Changes that device contexts hang on, of transactions not before :from, also while older ones still run (revoking must
-- not wait for them); the next call begins at `horizon`, before which all have ended, and skips what it has seen.
SELECT seq, kind, deployment_id, location_id, object_id,
       pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon
FROM change
WHERE xid >= (:from::bigint::text)::xid8 AND kind IN ('device', 'device_token', 'location', 'deployment')
ORDER BY seq
