-- Ends the open alerts that say that a script was paused by errors; in one home, or where :location is NULL in all. With :version
-- where another one ran till now, which starts again by being changed.
UPDATE alert a SET state = 'resolved', state_by = :by, state_at = now(), snoozed_until = NULL
WHERE a.source = 'script' AND a.script_id = :script AND a.key = 'script-paused' AND a.state IN ('open', 'acknowledged')
  AND (:location::bigint IS NULL OR a.location_id = :location::bigint)
  AND (:version::bigint IS NULL OR EXISTS (
      SELECT 1 FROM script_instance i
      WHERE i.script_id = a.script_id AND i.location_id = a.location_id AND i.mode = 'live' AND i.version_id <> :version::bigint))
RETURNING id, deployment_id, location_id
