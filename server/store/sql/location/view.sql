-- Homes with their figures, in the order of their ids: the page's homes first, then of each what is counted as it happens,
-- and by index what it has.
WITH page AS MATERIALIZED (
    SELECT l.id, l.deployment_id, l.name, l.time_zone, l.clock FROM location l
    WHERE (:deployment::bigint IS NULL OR l.deployment_id = :deployment::bigint) AND (:id::bigint IS NULL OR l.id = :id::bigint)
      AND l.id > COALESCE(:after::bigint, 0) AND l.retired_at IS NULL
    ORDER BY l.id
    LIMIT :count::integer
)
SELECT p.id, p.deployment_id AS deployment, p.name, p.time_zone, p.clock,
       (SELECT count(*) FROM device d WHERE d.location_id = p.id AND d.retired_at IS NULL) AS devices,
       COALESCE(h.connected, 0) AS devices_connected, COALESCE(h.reporting, 0) AS devices_reporting,
       (SELECT count(*) FROM alert a WHERE a.location_id = p.id AND a.state IN ('open', 'acknowledged')) AS open_alerts,
       (SELECT count(DISTINCT r.participant_id) FROM participant_role r
        WHERE r.location_id = p.id AND role_holds(r.until)) AS participants,
       (SELECT max(x.time)
        FROM device d JOIN stream s ON s.device_id = d.id AND s.location_id = d.location_id AND s.script_id IS NULL
        CROSS JOIN LATERAL (SELECT m.time FROM measurement m WHERE m.stream_id = s.id ORDER BY m.time DESC LIMIT 1) x
        WHERE d.location_id = p.id AND d.retired_at IS NULL) AS last_measurement
FROM page p
LEFT JOIN home_state h ON h.location_id = p.id
ORDER BY p.id
