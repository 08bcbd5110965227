-- Samples of a stream for a script, by time, as of a position in the log.
WITH p AS MATERIALIZED (
    SELECT writer, number, ordinal
    FROM jsonb_to_recordset(:positions::jsonb) AS r(writer smallint, number bigint, ordinal integer)
)
SELECT m.time, m.number, NULL::text AS text, m.exact
FROM stream s JOIN measurement m ON m.stream_id = s.id
WHERE s.location_id = :location AND s.device_id IS NOT DISTINCT FROM :device::bigint AND s.name = :name
  AND m.time >= :since AND m.time <= :until AND m.number IS NOT NULL
  AND EXISTS (SELECT FROM p WHERE p.writer = m.writer AND (m.batch, m.ordinal) <= (p.number, p.ordinal))
ORDER BY m.time, m.batch, m.ordinal LIMIT :limit
