-- The participant's page has fetched these messages.
UPDATE message SET state = 'delivered', delivered_at = now()
WHERE participant_id = :participant AND id = ANY(:ids::bigint[]) AND direction = 'to-participant' AND state = 'sent'
RETURNING id, deployment_id
