-- The participant has read a message.
UPDATE message SET state = CASE WHEN state IN ('sent', 'delivered') THEN 'read' ELSE state END,
       delivered_at = COALESCE(delivered_at, now()), read_at = COALESCE(read_at, now())
WHERE id = :message AND participant_id = :participant AND direction = 'to-participant' AND state <> 'queued'
RETURNING id, deployment_id
