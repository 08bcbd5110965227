-- The streams that some devices have in their homes, without facts, each with its newest measurement.
SELECT s.device_id, s.id, s.name, s.index_text AS index, s.unit, s.kind,
       x.number AS latest_number, x.text AS latest_text, x.exact AS latest_exact, x.time AS latest_time
FROM stream s JOIN device d ON d.id = s.device_id AND d.location_id = s.location_id
LEFT JOIN LATERAL (SELECT m.time, m.number, m.text, m.exact FROM measurement m WHERE m.stream_id = s.id
                   ORDER BY m.time DESC, m.batch DESC, m.ordinal DESC LIMIT 1) x ON true
WHERE s.device_id = ANY(:devices::bigint[]) AND s.script_id IS NULL
ORDER BY s.device_id, s.name, s.index_text
