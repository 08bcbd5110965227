-- The streams of facts of a home and of its devices, by name, each with its newest value and the script that made it.
SELECT s.id, substr(s.name, 5) AS name, s.index_text AS index, s.unit, s.kind, s.device_id AS device, s.script_id AS script,
       COALESCE(p.name, '') AS script_name, x.number AS latest_number, x.text AS latest_text, x.exact AS latest_exact,
       x.time AS latest_time
FROM stream s
LEFT JOIN script p ON p.id = s.script_id
LEFT JOIN LATERAL (SELECT m.time, m.number, m.text, m.exact FROM measurement m WHERE m.stream_id = s.id
                   ORDER BY m.time DESC, m.batch DESC, m.ordinal DESC LIMIT 1) x ON true
WHERE s.location_id = :location::bigint AND s.name LIKE 'syn.%'
ORDER BY s.name, s.device_id NULLS FIRST, s.id
