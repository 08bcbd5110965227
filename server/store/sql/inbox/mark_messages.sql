-- The page fetched them: delivered.
UPDATE message SET delivered_at = now(), state = CASE WHEN state = 'sent' THEN 'delivered' ELSE state END
WHERE participant_id = :participant::bigint AND direction = 'to-participant' AND delivered_at IS NULL
  AND state NOT IN ('queued', 'expired')
RETURNING id
