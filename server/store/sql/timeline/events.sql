-- The log's event rows of a home, for its timeline; newest first.
SELECT e.time, CASE WHEN e.kind = 'installed' THEN 'script' ELSE 'event' END AS kind,
       e.kind || COALESCE(': ' || COALESCE(d.key, NULLIF(e.name, '')), '') AS text,
       COALESCE('device:' || e.device_id, '') AS object
FROM event e LEFT JOIN device d ON d.id = e.device_id
WHERE e.location_id = :location AND e.time >= :from AND e.time <= :to
ORDER BY e.time DESC LIMIT :count::integer
