-- The first samples of a stream for a script, by time, as of a position in the log; read in that order (OFFSET 0: not joined
-- with the positions first).
WITH p AS MATERIALIZED (
    SELECT writer, number, ordinal
    FROM jsonb_to_recordset(:positions::jsonb) AS r(writer smallint, number bigint, ordinal integer)
)
SELECT m.time, m.number, NULL::text AS text, m.exact
FROM stream s
CROSS JOIN LATERAL (
    SELECT x.time, x.number, x.exact, x.batch, x.ordinal FROM measurement x
    WHERE x.stream_id = s.id AND x.time >= :since AND x.time <= :until AND x.number IS NOT NULL
      AND EXISTS (SELECT FROM p WHERE p.writer = x.writer AND (x.batch, x.ordinal) <= (p.number, p.ordinal) OFFSET 0)
    ORDER BY x.time, x.batch, x.ordinal LIMIT :limit) m
WHERE s.location_id = :location AND s.device_id IS NOT DISTINCT FROM :device::bigint AND s.name = :name
ORDER BY m.time, m.batch, m.ordinal LIMIT :limit
