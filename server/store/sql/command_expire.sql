-- Commands whose time is over, by the database's clock.
UPDATE command SET state = 'expired', finished_at = now()
WHERE state IN ('queued', 'sent', 'received') AND expires_at <= now()
RETURNING id, deployment_id, location_id
