-- One stream with its newest measurement.
SELECT s.id, s.name, s.index_text AS index, s.unit, s.kind, x.number AS latest_number, x.text AS latest_text, x.exact AS latest_exact,
       x.time AS latest_time
FROM stream s
LEFT JOIN LATERAL (SELECT m.time, m.number, m.text, m.exact FROM measurement m WHERE m.stream_id = s.id
                   ORDER BY m.time DESC, m.batch DESC, m.ordinal DESC LIMIT 1) x ON true
WHERE s.id = :id::bigint
