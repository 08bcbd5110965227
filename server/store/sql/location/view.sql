-- Homes with their rooms and figures, in the order of their ids.
SELECT l.id, jsonb_build_object('id', l.id, 'deployment', l.deployment_id, 'name', l.name, 'timeZone', l.time_zone, 'clock', l.clock,
           'rooms', COALESCE((SELECT jsonb_agg(jsonb_build_object('id', r.id, 'kind', r.kind, 'name', r.name) ORDER BY r.id)
                              FROM room r WHERE r.location_id = l.id), '[]'),
           'devices', v.devices, 'devicesConnected', v.connected, 'devicesReporting', v.reporting,
           'openAlerts', (SELECT count(*) FROM alert a WHERE a.location_id = l.id AND a.state IN ('open', 'acknowledged')),
           'participants', (SELECT count(DISTINCT p.participant_id) FROM participant_role p WHERE p.location_id = l.id),
           'lastMeasurement', iso(v.newest)) AS item
FROM location l
CROSS JOIN LATERAL (
    SELECT count(*) AS devices, count(*) FILTER (WHERE c.connected) AS connected,
           count(*) FILTER (WHERE m.newest IS NOT NULL AND (l.clock = 'events' OR m.newest > now() - interval '1 hour')) AS reporting,
           max(m.newest) AS newest
    FROM device d
    JOIN device_connection c ON c.device_id = d.id
    CROSS JOIN LATERAL (SELECT max(n.time) AS newest FROM stream s CROSS JOIN LATERAL
                            (SELECT x.time FROM measurement x WHERE x.stream_id = s.id ORDER BY x.time DESC LIMIT 1) n
                        WHERE s.device_id = d.id) m
    WHERE d.location_id = l.id AND d.retired_at IS NULL) v
WHERE (:deployment::bigint IS NULL OR l.deployment_id = :deployment::bigint) AND (:id::bigint IS NULL OR l.id = :id::bigint)
  AND l.id > COALESCE(:after::bigint, 0)
ORDER BY l.id
LIMIT :count::integer
