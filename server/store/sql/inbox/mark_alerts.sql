-- The page fetched them: delivered. What a home that was left raised is not shown, and not delivered.
UPDATE alert_recipient r SET delivered_at = now()
FROM alert a
WHERE a.id = r.alert_id AND r.participant_id = :participant::bigint AND r.due_at <= now() AND r.delivered_at IS NULL
  AND EXISTS (SELECT 1 FROM participant_role h WHERE h.participant_id = r.participant_id AND h.location_id = a.location_id
              AND (h.until IS NULL OR h.until > now()))
RETURNING r.alert_id
