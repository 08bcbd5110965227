-- The log's event rows of a home, for its timeline; newest first.
SELECT e.kind, e.time, e.device_id, coalesce(d.key, '') AS device_key, e.name, e.data
FROM event e LEFT JOIN device d ON d.id = e.device_id
WHERE e.location_id = :location AND e.time >= :from AND e.time <= :to
ORDER BY e.time DESC LIMIT :limit
