-- Ends the open alerts of scripts where they are not set to run any more; of one script, or of all in one home.
UPDATE alert a SET state = 'resolved', state_by = :by, state_at = now(), snoozed_until = NULL
WHERE a.source = 'script' AND a.state IN ('open', 'acknowledged')
  AND (:script::bigint IS NULL OR a.script_id = :script::bigint)
  AND (:location::bigint IS NULL OR a.location_id = :location::bigint)
  AND NOT script_is_placed(a.script_id, a.location_id, 'live')
RETURNING a.id, a.deployment_id, a.location_id
