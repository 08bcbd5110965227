-- What can be done about these alerts, in a participant's language and the script's order.
SELECT x.alert_id, x.id,
       COALESCE(x.texts->>p.language, x.texts->>'en', (SELECT t.value FROM jsonb_each_text(x.texts) t LIMIT 1), x.key) AS text,
       x.device_id IS NOT NULL AS is_command
FROM alert_action x JOIN participant p ON p.id = :participant::bigint
WHERE x.alert_id = ANY(:alerts::bigint[])
ORDER BY x.alert_id, x.position
