-- The figures of these deployments, from those of their homes.
INSERT INTO deployment_state (deployment_id, locations, participants, devices, connected, reporting)
SELECT d.id, (SELECT count(*) FROM location l WHERE l.deployment_id = d.id AND l.retired_at IS NULL),
       (SELECT count(*) FROM participant p WHERE p.deployment_id = d.id AND p.status NOT IN ('completed', 'withdrawn')),
       COALESCE(h.devices, 0), COALESCE(h.connected, 0), COALESCE(h.reporting, 0)
FROM deployment d
CROSS JOIN LATERAL (SELECT sum(s.devices) AS devices, sum(s.connected) AS connected, sum(s.reporting) AS reporting
                    FROM home_state s WHERE s.deployment_id = d.id) h
WHERE d.id = ANY(:deployments::bigint[])
ORDER BY d.id
ON CONFLICT (deployment_id) DO UPDATE SET locations = excluded.locations, participants = excluded.participants,
    devices = excluded.devices, connected = excluded.connected, reporting = excluded.reporting
