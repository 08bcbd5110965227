-- Finished commands whose event row is not in the log yet (or whose mark was lost: already), oldest first.
SELECT c.id, c.location_id, c.device_id, c.state, c.result,
       CASE WHEN l.clock = 'real' THEN c.finished_at ELSE COALESCE(home_newest(l.id), c.finished_at) END AS event_time,
       EXISTS (SELECT 1 FROM event e WHERE e.location_id = c.location_id AND e.kind = 'command-finished'
               AND (e.data->>'command')::bigint = c.id) AS already
FROM command c JOIN location l ON l.id = c.location_id
WHERE c.finished_at IS NOT NULL AND NOT c.logged ORDER BY c.id LIMIT 500
