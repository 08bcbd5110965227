-- Finished commands whose event row is not in the log yet (or whose mark was lost: already), oldest first. Those that a device
-- ended are logged with its answer; these expired, were taken back
-- or made room.
SELECT c.id, c.location_id, c.device_id, c.state, c.result,
       CASE WHEN c.requested_by ~ '^script:\d{1,18}$' THEN substr(c.requested_by, 8)::bigint
            ELSE (SELECT a.script_id FROM alert a WHERE a.id = c.alert_id) END AS script_id,
       CASE WHEN (SELECT l.clock FROM location l WHERE l.id = c.location_id) = 'real' THEN c.finished_at
            ELSE COALESCE(home_newest(c.location_id), c.finished_at) END AS event_time,
       EXISTS (SELECT 1 FROM event e WHERE e.location_id = c.location_id AND e.kind = 'command-finished'
               AND e.data->>'command' = c.id::text) AS already
FROM command c
WHERE c.finished_at IS NOT NULL AND NOT c.logged ORDER BY c.id LIMIT 500
