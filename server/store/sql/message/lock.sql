-- A message to a participant that is about to be answered. A script's question is over for who has left its home.
SELECT m.id, m.deployment_id, m.question,
       CASE WHEN m.answered_at IS NULL AND m.author LIKE 'script:%' AND m.location_id IS NOT NULL AND NOT EXISTS (
                     SELECT 1 FROM participant_role r
                     WHERE r.participant_id = m.participant_id AND r.location_id = m.location_id AND role_holds(r.until))
            THEN now() ELSE m.answered_at END AS answered_at
FROM message m
WHERE m.id = :message AND m.participant_id = :participant AND m.direction = 'to-participant' AND m.state <> 'queued'
FOR UPDATE OF m
