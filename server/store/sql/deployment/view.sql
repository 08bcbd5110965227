-- Deployments with their figures, from what is counted as it happens.
SELECT d.id, d.name, d.time_zone, d.language, d.allow_tokenless_devices, d.server_ttl_s,
       d.messages_per_hour, d.alerts_per_hour, d.commands_per_hour,
       COALESCE(s.locations, 0) AS locations, COALESCE(s.participants, 0) AS participants, COALESCE(s.devices, 0) AS devices,
       COALESCE(s.connected, 0) AS devices_connected,
       (SELECT count(*) FROM alert a
        WHERE a.deployment_id = d.id AND a.state IN ('open', 'acknowledged')) AS open_alerts
FROM deployment d
LEFT JOIN deployment_state s ON s.deployment_id = d.id
WHERE (:scope::bigint[] IS NULL OR d.id = ANY(:scope::bigint[])) AND (:id::bigint IS NULL OR d.id = :id::bigint)
ORDER BY d.name, d.id
LIMIT :count::integer
