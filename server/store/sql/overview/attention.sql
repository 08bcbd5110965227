-- What needs somebody now, urgent and old first: alerts, silent devices, questions without answer, scripts with errors.
SELECT t.kind, t.text, t.object, t.location_id AS location, COALESCE(l.name, '') AS location_name, t.since
FROM (
    SELECT 'alert' AS kind, COALESCE(a.texts->>p.language, a.texts->>'en', a.key) AS text, 'alert:' || a.id AS object, a.location_id,
           a.deployment_id, a.created_at AS since, CASE a.severity WHEN 'urgent' THEN 0 WHEN 'normal' THEN 1 ELSE 3 END AS rank
    FROM alert a JOIN deployment p ON p.id = a.deployment_id WHERE a.state IN ('open', 'acknowledged')
    UNION ALL
    SELECT 'silent-device', d.key, 'device:' || d.id, d.location_id, d.deployment_id, x.newest, 2
    FROM device d JOIN location l ON l.id = d.location_id AND l.clock = 'real'
    CROSS JOIN LATERAL (SELECT max(n.time) AS newest FROM stream s CROSS JOIN LATERAL
                            (SELECT m.time FROM measurement m WHERE m.stream_id = s.id ORDER BY m.time DESC LIMIT 1) n
                        WHERE s.device_id = d.id) x
    WHERE d.retired_at IS NULL AND x.newest < now() - make_interval(secs => :silent_after_s::integer)
      AND x.newest > now() - make_interval(days => :forgotten_after_days::integer)
      AND (:scope::bigint[] IS NULL OR d.deployment_id = ANY(:scope::bigint[]))
    UNION ALL
    SELECT 'unanswered', m.text, 'message:' || m.id, m.location_id, m.deployment_id, m.created_at, 2
    FROM message m WHERE m.kind = 'question' AND m.direction = 'to-participant' AND m.answered_at IS NULL
      AND m.created_at < now() - make_interval(secs => :unanswered_after_s::integer)
      AND m.created_at > now() - make_interval(days => :forgotten_after_days::integer)
    UNION ALL
    SELECT 'script-error', s.name || ': ' || i.status_detail, 'script:' || s.id, i.location_id, s.deployment_id, i.updated_at, 1
    FROM script_instance i JOIN script s ON s.id = i.script_id WHERE i.status = 'paused-by-errors' AND s.retired_at IS NULL) t
LEFT JOIN location l ON l.id = t.location_id
WHERE :scope::bigint[] IS NULL OR t.deployment_id = ANY(:scope::bigint[])
ORDER BY t.rank, t.since
LIMIT :count::integer
