-- Ends the open alerts of scripts where they are not set to run any more; of one script, or of all in one home. Whoever was not
-- told of them yet is not told.
WITH ended AS (
    UPDATE alert a SET state = 'resolved', state_by = :by, state_at = now(), snoozed_until = NULL
    WHERE a.source = 'script' AND a.state IN ('open', 'acknowledged')
      AND (:script::bigint IS NULL OR a.script_id = :script::bigint)
      AND (:location::bigint IS NULL OR a.location_id = :location::bigint)
      AND NOT script_is_placed(a.script_id, a.location_id, 'live')
    RETURNING a.id, a.deployment_id, a.location_id
), stopped AS (
    UPDATE alert_recipient r
    SET due_at = NULL, left_ms = ceil(extract(epoch FROM r.due_at - now()) * 1000)
    FROM ended WHERE r.alert_id = ended.id AND r.due_at > now()
)
SELECT id, deployment_id, location_id FROM ended
