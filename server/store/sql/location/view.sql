-- Homes with their figures, in the order of their ids.
SELECT l.id, l.deployment_id AS deployment, l.name, l.time_zone, l.clock, v.devices, v.connected AS devices_connected,
       v.reporting AS devices_reporting,
       (SELECT count(*) FROM alert a WHERE a.location_id = l.id AND a.state IN ('open', 'acknowledged')) AS open_alerts,
       (SELECT count(DISTINCT p.participant_id) FROM participant_role p WHERE p.location_id = l.id) AS participants,
       v.newest AS last_measurement
FROM location l
CROSS JOIN LATERAL (
    SELECT count(*) AS devices, count(*) FILTER (WHERE c.connected) AS connected,
           count(*) FILTER (WHERE c.reporting = 'reporting') AS reporting, max(c.newest) AS newest
    FROM device d
    CROSS JOIN LATERAL (SELECT * FROM device_life v WHERE v.device_id = d.id OFFSET 0) c
    WHERE d.location_id = l.id AND d.retired_at IS NULL) v
WHERE (:deployment::bigint IS NULL OR l.deployment_id = :deployment::bigint) AND (:id::bigint IS NULL OR l.id = :id::bigint)
  AND l.id > COALESCE(:after::bigint, 0)
ORDER BY l.id
LIMIT :count::integer
