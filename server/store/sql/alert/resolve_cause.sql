-- Ends the open alerts of one cause of a script in a home; whoever was not told of it yet is not told.
WITH ended AS (
    UPDATE alert SET state = 'resolved', state_by = :by, state_at = now(), snoozed_until = NULL
    WHERE location_id = :location AND source = 'script' AND script_id = :script AND key = :key
      AND state IN ('open', 'acknowledged')
    RETURNING id
), stopped AS (
    UPDATE alert_recipient r
    SET due_at = NULL, left_ms = ceil(extract(epoch FROM r.due_at - now()) * 1000)
    FROM ended WHERE r.alert_id = ended.id AND r.due_at > now()
)
SELECT id FROM ended
