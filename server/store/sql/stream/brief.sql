-- A stream's names, its device, and what says which kind it has.
SELECT s.name, s.index_text, s.unit, s.kind, COALESCE(d.key, '') AS device_key, COALESCE(d.type, 0) AS device_type,
       s.script_id IS NOT NULL OR starts_with(s.name, 'syn.') AS is_fact
FROM stream s LEFT JOIN device d ON d.id = s.device_id WHERE s.id = :id::bigint
