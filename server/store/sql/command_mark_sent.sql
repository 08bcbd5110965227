-- These commands went out on a channel.
UPDATE command SET state = 'sent', sent_at = now(), sent_count = sent_count + 1
WHERE id = ANY(:ids::bigint[]) AND state IN ('queued', 'sent')
RETURNING id, deployment_id, location_id
