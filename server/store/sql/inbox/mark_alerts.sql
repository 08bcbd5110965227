-- The page fetched them: delivered. What is not shown (of a home that was left, to who rests) is not delivered.
UPDATE alert_recipient r SET delivered_at = now()
FROM alert a, participant p
WHERE a.id = r.alert_id AND p.id = r.participant_id AND p.status <> 'paused'
  AND r.participant_id = :participant::bigint AND r.due_at <= now() AND r.delivered_at IS NULL
  AND EXISTS (SELECT 1 FROM participant_role h WHERE h.participant_id = r.participant_id AND h.location_id = a.location_id
              AND role_holds(h.until))
RETURNING r.alert_id
