-- The latest value of each stream of a device.
SELECT s.name, s.index_text, s.unit, x.time, COALESCE(to_jsonb(x.number), to_jsonb(x.text))::text AS value
FROM stream s
CROSS JOIN LATERAL (SELECT m.time, m.number, m.text FROM measurement m WHERE m.stream_id = s.id
                    ORDER BY m.time DESC, m.batch DESC, m.ordinal DESC LIMIT 1) x
WHERE s.device_id = :device::bigint AND s.script_id IS NULL
ORDER BY s.name, s.index_text
LIMIT 256
