-- These commands went out on a channel. One that is locked is being answered just now, which says as much; waiting for it
-- could be a deadlock with the answers' own order.
UPDATE command SET state = 'sent', sent_at = now(), sent_count = sent_count + 1
WHERE id = ANY(ARRAY(SELECT o.id FROM command o WHERE o.id = ANY(:ids::bigint[]) AND o.state IN ('queued', 'sent')
                     ORDER BY o.id FOR UPDATE SKIP LOCKED))
RETURNING id, deployment_id, location_id
