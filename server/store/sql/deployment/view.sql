-- Deployments with their figures.
SELECT jsonb_build_object('id', d.id, 'name', d.name, 'timeZone', d.time_zone, 'language', d.language,
           'needsConsent', d.needs_consent, 'allowTokenlessDevices', d.allow_tokenless_devices, 'serverTtlS', d.server_ttl_s,
           'locations', (SELECT count(*) FROM location l WHERE l.deployment_id = d.id),
           'participants', (SELECT count(*) FROM participant p WHERE p.deployment_id = d.id),
           'devices', (SELECT count(*) FROM device v WHERE v.deployment_id = d.id AND v.retired_at IS NULL),
           'devicesConnected', (SELECT count(*) FROM device v JOIN device_connection c ON c.device_id = v.id
                                WHERE v.deployment_id = d.id AND v.retired_at IS NULL AND c.connected),
           'openAlerts', (SELECT count(*) FROM alert a
                          WHERE a.deployment_id = d.id AND a.state IN ('open', 'acknowledged'))) AS item
FROM deployment d
WHERE (:scope::bigint[] IS NULL OR d.id = ANY(:scope::bigint[])) AND (:id::bigint IS NULL OR d.id = :id::bigint)
ORDER BY d.name, d.id
LIMIT 1000
