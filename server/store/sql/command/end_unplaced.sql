-- Ends the commands of scripts that no device has confirmed yet, where the scripts are not set to run any more; of one script, or
-- of all in one home.
UPDATE command c SET state = 'cancelled', finished_at = now()
FROM script s
WHERE c.requested_by = 'script:' || s.id AND c.state IN ('queued', 'sent')
  AND (:script::bigint IS NULL OR s.id = :script::bigint)
  AND (:location::bigint IS NULL OR c.location_id = :location::bigint)
  AND NOT script_is_placed(s.id, c.location_id, 'live')
RETURNING c.id, c.deployment_id, c.location_id
