-- These commands went out on a channel. One that is locked is being answered just now, which says as much; waiting for it
-- could be a deadlock with the answers' own order. One that ended in between keeps its end, and says that it went out.
UPDATE command SET state = CASE WHEN state = 'queued' THEN 'sent' ELSE state END,
       sent_at = CASE WHEN state IN ('queued', 'sent') THEN now() ELSE COALESCE(sent_at, finished_at) END,
       sent_count = sent_count + 1
WHERE id = ANY(ARRAY(SELECT o.id FROM command o
                     WHERE o.id = ANY(:ids::bigint[]) AND o.state IN ('queued', 'sent', 'expired', 'cancelled', 'superseded')
                     ORDER BY o.id FOR UPDATE SKIP LOCKED))
RETURNING id, deployment_id, location_id
