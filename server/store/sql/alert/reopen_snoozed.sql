-- Alerts whose snooze is over want attention again; telling people goes on with what was left.
WITH reopened AS (
    UPDATE alert SET state = 'open', snoozed_until = NULL, waits_until = NULL, state_by = '', state_at = now()
    WHERE state = 'acknowledged' AND snoozed_until <= now()
    RETURNING id, deployment_id, location_id
), told_on AS (
    UPDATE alert_recipient r SET due_at = now() + make_interval(secs => r.left_ms / 1000.0), left_ms = NULL
    FROM reopened WHERE r.alert_id = reopened.id AND r.due_at IS NULL
)
SELECT id, deployment_id, location_id FROM reopened
