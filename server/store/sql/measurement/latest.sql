-- The newest value of every stream of a home as of a position in the log; :positions: [{"writer","number","ordinal"}].
WITH p AS MATERIALIZED (
    SELECT writer, number, ordinal
    FROM jsonb_to_recordset(:positions::jsonb) AS r(writer smallint, number bigint, ordinal integer)
)
SELECT s.device_id, s.name, s.index_text, newest.number, newest.text, newest.exact, newest.time
FROM stream s
CROSS JOIN LATERAL (
    SELECT m.number, m.text, m.exact, m.time FROM measurement m
    WHERE m.stream_id = s.id
      AND EXISTS (SELECT FROM p WHERE p.writer = m.writer AND (m.batch, m.ordinal) <= (p.number, p.ordinal))
    ORDER BY m.time DESC, m.batch DESC, m.ordinal DESC LIMIT 1) newest
WHERE s.location_id = :location
