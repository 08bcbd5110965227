-- What a participant's page shows of alerts: open ones that have reached them, and those that ended lately; only of homes in which
-- he or she has a role still, and nothing while the participation rests.
SELECT a.id, a.severity, a.state, a.at, l.name AS location, l.time_zone,
       COALESCE(a.texts->>p.language, a.texts->>'en', (SELECT t.value FROM jsonb_each_text(a.texts) t LIMIT 1), a.key) AS text,
       c.state AS command_state, c.sent_at IS NOT NULL AS command_sent
FROM alert_recipient r
JOIN alert a ON a.id = r.alert_id
JOIN location l ON l.id = a.location_id
JOIN participant p ON p.id = r.participant_id
LEFT JOIN LATERAL (SELECT n.state, n.sent_at FROM command n WHERE n.alert_id = a.id ORDER BY n.id DESC LIMIT 1) c ON true
WHERE r.participant_id = :participant::bigint AND r.due_at <= now() AND p.status <> 'paused'
  AND EXISTS (SELECT 1 FROM participant_role h WHERE h.participant_id = r.participant_id AND h.location_id = a.location_id
              AND (h.until IS NULL OR h.until > now()))
  AND (a.state IN ('open', 'acknowledged') OR a.state_at > now() - make_interval(secs => :ended_within_s::integer))
ORDER BY a.state IN ('open', 'acknowledged') DESC, a.severity = 'urgent' DESC, a.id DESC
LIMIT :count::integer
