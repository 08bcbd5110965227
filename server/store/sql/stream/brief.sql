-- A stream's names and its device.
SELECT s.id, s.name, s.index_text, s.unit, s.script_id, COALESCE(d.key, '') AS device_key, COALESCE(d.type, 0) AS type
FROM stream s LEFT JOIN device d ON d.id = s.device_id WHERE s.id = :id::bigint
