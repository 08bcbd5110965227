-- A message to a participant that is about to be answered.
SELECT id, deployment_id, question, answered_at FROM message
WHERE id = :message AND participant_id = :participant AND direction = 'to-participant' AND state <> 'queued'
FOR UPDATE
