-- What a participant's page shows of alerts: open ones that have reached them, and those that ended lately; only of homes in which
-- he or she has a role still, and nothing while the participation rests.
SELECT a.id, a.severity, a.state, a.at, l.name AS location, l.time_zone,
       COALESCE(a.texts->>p.language, a.texts->>'en', (SELECT t.value FROM jsonb_each_text(a.texts) t LIMIT 1), a.key) AS text,
       c.state AS command_state, c.sent_at IS NOT NULL AS command_sent
FROM participant p
CROSS JOIN LATERAL (SELECT DISTINCT h.location_id FROM participant_role h
                    WHERE h.participant_id = p.id AND role_holds(h.until)) home
JOIN location l ON l.id = home.location_id
CROSS JOIN LATERAL (SELECT * FROM alert o WHERE o.location_id = home.location_id AND o.state IN ('open', 'acknowledged')
                    UNION ALL
                    SELECT * FROM alert o
                    WHERE o.location_id = home.location_id AND o.state_at > now() - make_interval(secs => :ended_within_s::integer)
                      AND o.state NOT IN ('open', 'acknowledged')) a
JOIN alert_recipient r ON r.alert_id = a.id AND r.participant_id = p.id AND r.due_at <= now()
LEFT JOIN LATERAL (SELECT n.state, n.sent_at FROM command n WHERE n.alert_id = a.id ORDER BY n.id DESC LIMIT 1) c ON true
WHERE p.id = :participant::bigint AND p.status <> 'paused'
ORDER BY a.state IN ('open', 'acknowledged') DESC, a.severity = 'urgent' DESC, a.id DESC
LIMIT :count::integer
