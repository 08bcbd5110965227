-- Deployments with their figures.
SELECT d.id, d.name, d.time_zone, d.language, d.needs_consent, d.allow_tokenless_devices, d.server_ttl_s,
       (SELECT count(*) FROM location l WHERE l.deployment_id = d.id AND l.retired_at IS NULL) AS locations,
       (SELECT count(*) FROM participant p WHERE p.deployment_id = d.id) AS participants,
       (SELECT count(*) FROM device v WHERE v.deployment_id = d.id AND v.retired_at IS NULL) AS devices,
       (SELECT count(*) FROM device v JOIN device_connection c ON c.device_id = v.id
        WHERE v.deployment_id = d.id AND v.retired_at IS NULL AND c.connected) AS devices_connected,
       (SELECT count(*) FROM alert a
        WHERE a.deployment_id = d.id AND a.state IN ('open', 'acknowledged')) AS open_alerts
FROM deployment d
WHERE (:scope::bigint[] IS NULL OR d.id = ANY(:scope::bigint[])) AND (:id::bigint IS NULL OR d.id = :id::bigint)
ORDER BY d.name, d.id
LIMIT :count::integer
