-- The participant has read these messages; of those that are there, whether that is new.
UPDATE message m SET state = CASE WHEN m.state IN ('sent', 'delivered') THEN 'read' ELSE m.state END,
       delivered_at = COALESCE(m.delivered_at, now()), read_at = COALESCE(m.read_at, now())
FROM message before
WHERE before.id = m.id AND m.id = ANY(:messages::bigint[]) AND m.participant_id = :participant
  AND m.direction = 'to-participant' AND m.state <> 'queued'
RETURNING m.id, m.deployment_id, before.read_at IS NULL AS is_fresh
