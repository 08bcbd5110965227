-- Where a script is deployed: all homes first, then by home.
SELECT d.version_id, d.location_id AS location, coalesce(l.name, '') AS location_name, v.number AS version, d.mode,
       d.paused, d.taken_off
FROM script_deployment d
JOIN script_version v ON v.id = d.version_id
LEFT JOIN location l ON l.id = d.location_id
WHERE d.script_id = :script
ORDER BY d.location_id NULLS FIRST, d.mode
