-- What the edge keeps in memory of devices: themselves, then each with the devices behind it; retired ones are left out.
SELECT d.id AS holder, d.id, d.key, d.deployment_id, d.location_id, d.start_date, d.tokenless,
       d.tokenless AND p.allow_tokenless_devices AS may_tokenless, l.clock = 'events' AS events_clock, d.type
FROM device d
JOIN location l ON l.id = d.location_id
JOIN deployment p ON p.id = d.deployment_id
WHERE d.id = ANY(:ids::bigint[]) AND d.retired_at IS NULL
UNION ALL
SELECT d.gateway_id, d.id, d.key, d.deployment_id, d.location_id, d.start_date, d.tokenless, false, false, d.type
FROM device d
JOIN device g ON g.id = d.gateway_id AND g.location_id = d.location_id
WHERE d.gateway_id = ANY(:ids::bigint[]) AND d.retired_at IS NULL
