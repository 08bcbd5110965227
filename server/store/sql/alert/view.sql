-- Alerts, newest first, without their parts (alert_action, …recipient, …answer, command).
SELECT a.id, a.key, a.severity,
       COALESCE(a.texts->>p.language, a.texts->>'en', (SELECT t.value FROM jsonb_each_text(a.texts) t LIMIT 1), a.key) AS text,
       a.texts, a.deployment_id AS deployment, a.location_id AS location, l.name AS location_name, l.time_zone, a.source,
       a.script_id AS script, COALESCE(s.name, '') AS script_name, a.run_id AS run, a.device_id AS device,
       COALESCE(d.key, '') AS device_key, a.state, a.at, a.created_at, a.state_by, a.state_at, a.snoozed_until
FROM alert a
JOIN location l ON l.id = a.location_id
JOIN deployment p ON p.id = a.deployment_id
LEFT JOIN script s ON s.id = a.script_id
LEFT JOIN device d ON d.id = a.device_id
WHERE (:scope::bigint[] IS NULL OR a.deployment_id = ANY(:scope::bigint[]))
  AND (:location::bigint IS NULL OR a.location_id = :location::bigint)
  AND (:ids::bigint[] IS NULL OR a.id = ANY(:ids::bigint[]))
  AND (:states::text[] IS NULL OR a.state = ANY(:states::text[]))
  AND (:after::bigint IS NULL OR a.id < :after::bigint)
ORDER BY a.id DESC
LIMIT :count::integer
