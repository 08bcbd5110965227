-- Alerts whose snooze is over want attention again.
UPDATE alert SET state = 'open', snoozed_until = NULL, state_by = '', state_at = now()
WHERE state = 'acknowledged' AND snoozed_until <= now()
RETURNING id, deployment_id, location_id
