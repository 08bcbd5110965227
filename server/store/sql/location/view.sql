-- Homes with their figures, in the order of their ids.
SELECT l.id, l.deployment_id AS deployment, l.name, l.time_zone, l.clock, v.devices, v.connected AS devices_connected,
       v.reporting AS devices_reporting,
       (SELECT count(*) FROM alert a WHERE a.location_id = l.id AND a.state IN ('open', 'acknowledged')) AS open_alerts,
       (SELECT count(DISTINCT p.participant_id) FROM participant_role p WHERE p.location_id = l.id AND (p.until IS NULL OR p.until > now())) AS participants,
       v.newest AS last_measurement
FROM location l
CROSS JOIN LATERAL (
    SELECT count(*) AS devices, count(*) FILTER (WHERE c.connected) AS connected,
           count(*) FILTER (WHERE m.newest IS NOT NULL
                                  AND (l.clock = 'events' OR m.newest > now() - make_interval(secs => :silent_after_s::integer))) AS reporting,
           max(m.newest) AS newest
    FROM device d
    JOIN device_connection c ON c.device_id = d.id
    CROSS JOIN LATERAL (SELECT max(n.time) AS newest FROM stream s CROSS JOIN LATERAL
                            (SELECT x.time FROM measurement x WHERE x.stream_id = s.id ORDER BY x.time DESC LIMIT 1) n
                        WHERE s.device_id = d.id) m
    WHERE d.location_id = l.id AND d.retired_at IS NULL) v
WHERE (:deployment::bigint IS NULL OR l.deployment_id = :deployment::bigint) AND (:id::bigint IS NULL OR l.id = :id::bigint)
  AND l.id > COALESCE(:after::bigint, 0) AND l.retired_at IS NULL
ORDER BY l.id
LIMIT :count::integer
