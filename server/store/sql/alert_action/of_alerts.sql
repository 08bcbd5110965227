-- What can be done about these alerts, in the script's order.
SELECT x.alert_id, x.id, x.key,
       COALESCE(x.texts->>p.language, x.texts->>'en', (SELECT t.value FROM jsonb_each_text(x.texts) t LIMIT 1), x.key) AS text,
       x.device_id AS device, COALESCE(d.key, '') AS device_key, x.parameters, COALESCE(d.type, 0) AS device_type
FROM alert_action x
JOIN alert a ON a.id = x.alert_id
JOIN deployment p ON p.id = a.deployment_id
LEFT JOIN device d ON d.id = x.device_id
WHERE x.alert_id = ANY(:alerts::bigint[])
ORDER BY x.alert_id, x.position
