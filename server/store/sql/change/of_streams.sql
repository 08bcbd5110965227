-- Devices that have a stream whose kind an operator changed, by transactions not before :from, also while older ones still
-- run; the next call begins at `horizon`, before which all have ended. At least one row, for its horizon.
SELECT h.horizon, c.device_id
FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon) h
LEFT JOIN (SELECT DISTINCT s.device_id FROM change JOIN stream s ON s.id = change.object_id
           WHERE change.xid >= (:from::bigint::text)::xid8 AND change.kind = 'stream') c ON true
