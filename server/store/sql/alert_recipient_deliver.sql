-- The participant's page has fetched these alerts.
UPDATE alert_recipient SET delivered_at = now()
WHERE participant_id = :participant AND alert_id = ANY(:ids::bigint[]) AND delivered_at IS NULL AND due_at <= now()
RETURNING alert_id AS id
