-- Delayed messages whose moment has come. Who has left the home that it is about, or takes no part any more or just now, is not
-- sent it, nor is what was taken back at the same moment.
UPDATE message m
SET state = CASE WHEN due.is_there THEN 'sent' ELSE 'expired' END, logged = m.logged OR NOT due.is_there,
    answered_at = CASE WHEN NOT due.is_there AND m.kind = 'question' THEN now() END
FROM (SELECT o.id, p.status IN ('invited', 'active') AND (o.location_id IS NULL OR EXISTS (
                 SELECT 1 FROM participant_role r WHERE r.participant_id = o.participant_id AND r.location_id = o.location_id
                   AND role_holds(r.until))) AS is_there
      FROM message o JOIN participant p ON p.id = o.participant_id
      WHERE o.state = 'queued' AND o.due_at <= now()) due
WHERE m.id = due.id AND m.state = 'queued'
RETURNING m.id, m.deployment_id, m.participant_id
