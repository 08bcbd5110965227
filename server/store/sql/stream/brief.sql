-- A stream's names and its device.
SELECT s.name, s.index_text, s.unit, s.kind, COALESCE(d.key, '') AS device_key
FROM stream s LEFT JOIN device d ON d.id = s.device_id WHERE s.id = :id::bigint
