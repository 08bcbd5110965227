-- A home's devices as scripts see them.
SELECT d.id, d.key, d.type, d.use, coalesce(r.kind, '') AS room, d.description
FROM device d LEFT JOIN room r ON r.id = d.room_id
WHERE d.location_id = :location AND d.retired_at IS NULL ORDER BY d.key COLLATE "C"
