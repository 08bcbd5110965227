-- Delayed messages whose moment has come.
UPDATE message SET state = 'sent' WHERE state = 'queued' AND due_at <= now()
RETURNING id, deployment_id, participant_id
