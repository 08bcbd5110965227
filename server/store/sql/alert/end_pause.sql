-- Ends the open alerts that say that a script was paused by errors; in one home, or where :location is NULL in all.
UPDATE alert SET state = 'resolved', state_by = :by, state_at = now(), snoozed_until = NULL
WHERE source = 'script' AND script_id = :script AND key = 'script-paused' AND state IN ('open', 'acknowledged')
  AND (:location::bigint IS NULL OR location_id = :location::bigint)
RETURNING id, deployment_id, location_id
