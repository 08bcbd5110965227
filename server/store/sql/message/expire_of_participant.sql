-- Closes the open questions to a participant, without an answer.
UPDATE message SET state = 'expired', answered_at = now(), logged = true
WHERE participant_id = :participant::bigint AND kind = 'question' AND direction = 'to-participant' AND answered_at IS NULL
RETURNING id, deployment_id, participant_id
