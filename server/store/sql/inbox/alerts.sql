-- What a participant's page shows of alerts: open ones that have reached them, and those that ended in the last day.
SELECT a.id, jsonb_build_object('id', a.id, 'severity', a.severity, 'state', a.state, 'at', iso(a.at), 'location', l.name,
           'text', COALESCE(a.texts->>p.language, a.texts->>'en', (SELECT t.value FROM jsonb_each_text(a.texts) t LIMIT 1), a.key),
           'actions', COALESCE((SELECT jsonb_agg(jsonb_build_object('id', x.id,
                   'text', COALESCE(x.texts->>p.language, x.texts->>'en', (SELECT t.value FROM jsonb_each_text(x.texts) t LIMIT 1), x.key))
                   ORDER BY x.position) FROM alert_action x WHERE x.alert_id = a.id), '[]'),
           'answers', COALESCE((SELECT jsonb_agg(jsonb_build_object('at', iso(w.at), 'answer', w.answer, 'action', w.action_id,
                   'own', w.actor = 'participant:' || p.id,
                   'who', CASE WHEN w.actor LIKE 'participant:%' THEN COALESCE((SELECT min(o.role) FROM participant_role o
                               WHERE o.location_id = a.location_id AND w.actor = 'participant:' || o.participant_id), 'participant')
                               ELSE 'coordinator' END) ORDER BY w.id)
               FROM alert_answer w WHERE w.alert_id = a.id AND w.answer <> 'comment'), '[]'),
           'commandId', (SELECT max(c.id) FROM command c WHERE c.alert_id = a.id)) AS item
FROM alert_recipient r
JOIN alert a ON a.id = r.alert_id
JOIN location l ON l.id = a.location_id
JOIN participant p ON p.id = r.participant_id
WHERE r.participant_id = :participant::bigint AND r.due_at <= now()
  AND (a.state IN ('open', 'acknowledged') OR a.state_at > now() - interval '1 day')
ORDER BY a.state IN ('open', 'acknowledged') DESC, a.severity = 'urgent' DESC, a.id DESC
LIMIT 50
