-- Commands whose time is over, by the database's clock. One that is locked is being answered just now; the next look sees it.
UPDATE command SET state = 'expired', finished_at = now()
WHERE id = ANY(ARRAY(SELECT o.id FROM command o WHERE o.state IN ('queued', 'sent', 'received') AND o.expires_at <= now()
                     ORDER BY o.id FOR UPDATE SKIP LOCKED))
RETURNING id, deployment_id, location_id
