-- Answers whose event row is not in the log yet (or whose mark was lost: already), oldest first.
SELECT w.id, w.answer, w.actor, a.id AS alert_id, a.key, a.location_id, a.device_id, a.script_id, COALESCE(x.key, '') AS action,
       CASE WHEN l.clock = 'real' THEN w.at ELSE COALESCE(home_newest(l.id), w.at) END AS event_time,
       EXISTS (SELECT 1 FROM event e WHERE e.location_id = a.location_id AND e.kind = 'alert-answered'
               AND e.data->>'answerId' = w.id::text) AS already
FROM alert_answer w
JOIN alert a ON a.id = w.alert_id
JOIN location l ON l.id = a.location_id
LEFT JOIN alert_action x ON x.id = w.action_id
WHERE NOT w.logged ORDER BY w.id LIMIT 500
