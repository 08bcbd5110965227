-- Takes a command back that has not ended; nothing when it has.
UPDATE command SET state = 'cancelled', finished_at = now()
WHERE id = :id AND state IN ('queued', 'sent', 'received')
RETURNING id, deployment_id, location_id
