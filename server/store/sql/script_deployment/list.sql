-- Where a script is deployed: all homes first, then by home.
SELECT d.id, d.script_id, d.version_id, v.number, d.location_id, coalesce(l.name, '') AS location_name, d.mode, d.paused
FROM script_deployment d
JOIN script_version v ON v.id = d.version_id
LEFT JOIN location l ON l.id = d.location_id
WHERE d.script_id = :script
ORDER BY d.location_id NULLS FIRST, d.mode
