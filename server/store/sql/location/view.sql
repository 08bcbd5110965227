-- Homes with their figures, in the order of their ids: the page's homes first, then of each by index what it has.
WITH page AS MATERIALIZED (
    SELECT l.id, l.deployment_id, l.name, l.time_zone, l.clock FROM location l
    WHERE (:deployment::bigint IS NULL OR l.deployment_id = :deployment::bigint) AND (:id::bigint IS NULL OR l.id = :id::bigint)
      AND l.id > COALESCE(:after::bigint, 0) AND l.retired_at IS NULL
    ORDER BY l.id
    LIMIT :count::integer
)
SELECT p.id, p.deployment_id AS deployment, p.name, p.time_zone, p.clock, v.devices, v.connected AS devices_connected,
       v.reporting AS devices_reporting,
       (SELECT count(*) FROM alert a WHERE a.location_id = p.id AND a.state IN ('open', 'acknowledged')) AS open_alerts,
       (SELECT count(DISTINCT r.participant_id) FROM participant_role r WHERE r.location_id = p.id AND (r.until IS NULL OR r.until > now())) AS participants,
       v.newest AS last_measurement
FROM page p
CROSS JOIN LATERAL (
    SELECT count(*) AS devices, count(*) FILTER (WHERE c.connected) AS connected,
           count(*) FILTER (WHERE c.reporting = 'reporting') AS reporting, max(c.newest) AS newest
    FROM device d
    CROSS JOIN LATERAL (SELECT * FROM device_life v WHERE v.device_id = d.id OFFSET 0) c
    WHERE d.location_id = p.id AND d.retired_at IS NULL) v
ORDER BY p.id
