-- The page fetched them: delivered.
UPDATE alert_recipient SET delivered_at = now()
WHERE participant_id = :participant::bigint AND due_at <= now() AND delivered_at IS NULL
RETURNING alert_id
