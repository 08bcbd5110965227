-- Alerts with everything that belongs to them, newest first.
SELECT a.id, a.deployment_id, jsonb_build_object('id', a.id, 'deployment', a.deployment_id, 'location', a.location_id, 'locationName', l.name,
           'source', a.source, 'script', a.script_id, 'scriptName', COALESCE(s.name, ''), 'run', a.run_id,
           'device', a.device_id, 'deviceKey', COALESCE(d.key, ''), 'key', a.key, 'severity', a.severity,
           'text', COALESCE(a.texts->>p.language, a.texts->>'en', (SELECT t.value FROM jsonb_each_text(a.texts) t LIMIT 1), a.key),
           'texts', a.texts, 'state', a.state, 'at', iso(a.at), 'createdAt', iso(a.created_at), 'stateBy', a.state_by,
           'stateAt', iso(a.state_at), 'snoozedUntil', iso(a.snoozed_until),
           'actions', COALESCE((SELECT jsonb_agg(jsonb_build_object('id', x.id, 'key', x.key,
                   'text', COALESCE(x.texts->>p.language, x.texts->>'en', (SELECT t.value FROM jsonb_each_text(x.texts) t LIMIT 1), x.key),
                   'device', x.device_id, 'deviceKey', v.key, 'parameters', x.parameters) ORDER BY x.position)
               FROM alert_action x JOIN device v ON v.id = x.device_id WHERE x.alert_id = a.id), '[]'),
           'recipients', COALESCE((SELECT jsonb_agg(jsonb_build_object('participant', r.participant_id, 'code', q.code,
                   'dueAt', iso(r.due_at), 'deliveredAt', iso(r.delivered_at)) ORDER BY r.due_at, r.participant_id)
               FROM alert_recipient r JOIN participant q ON q.id = r.participant_id WHERE r.alert_id = a.id), '[]'),
           'answers', COALESCE((SELECT jsonb_agg(jsonb_build_object('at', iso(w.at), 'actor', w.actor, 'answer', w.answer,
                   'action', w.action_id, 'comment', w.comment) ORDER BY w.id)
               FROM (SELECT * FROM alert_answer w WHERE w.alert_id = a.id ORDER BY w.id DESC LIMIT 100) w), '[]'),
           'commandIds', COALESCE((SELECT jsonb_agg(c.id ORDER BY c.id) FROM command c WHERE c.alert_id = a.id), '[]')) AS item
FROM alert a
JOIN location l ON l.id = a.location_id
JOIN deployment p ON p.id = a.deployment_id
LEFT JOIN script s ON s.id = a.script_id
LEFT JOIN device d ON d.id = a.device_id
WHERE (:scope::bigint[] IS NULL OR a.deployment_id = ANY(:scope::bigint[]))
  AND (:location::bigint IS NULL OR a.location_id = :location::bigint)
  AND (:ids::bigint[] IS NULL OR a.id = ANY(:ids::bigint[]))
  AND CASE COALESCE(:state::text, 'all') WHEN 'all' THEN true WHEN 'open' THEN a.state IN ('open', 'acknowledged')
          ELSE a.state = :state::text END
  AND (:after::bigint IS NULL OR a.id < :after::bigint)
ORDER BY a.id DESC
LIMIT :count::integer
