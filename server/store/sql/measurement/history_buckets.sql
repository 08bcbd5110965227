-- The same in stretches of :every ms from :since on, where there are too many samples; the last one ends with :until.
WITH p AS MATERIALIZED (
    SELECT writer, number, ordinal
    FROM jsonb_to_recordset(:positions::jsonb) AS r(writer smallint, number bigint, ordinal integer)
)
SELECT least(floor(extract(epoch FROM m.time - :since::timestamptz) * 1000 / :every::bigint)::bigint, :last::bigint)
           AS bucket,
       sum(m.number) FILTER (WHERE abs(m.number) < 1e290::double precision) AS sum,
       sum(m.number / 18446744073709551616::double precision) FILTER (WHERE abs(m.number) >= 1e290::double precision) AS huge,
       min(m.number) AS least, max(m.number) AS greatest, count(*) AS samples,
       (array_agg(m.number ORDER BY m.time DESC, m.batch DESC, m.ordinal DESC))[1] AS last
FROM stream s JOIN measurement m ON m.stream_id = s.id
WHERE s.location_id = :location AND s.device_id IS NOT DISTINCT FROM :device::bigint AND s.name = :name
  AND m.time >= :since AND m.time <= :until AND m.number IS NOT NULL
  AND EXISTS (SELECT FROM p WHERE p.writer = m.writer AND (m.batch, m.ordinal) <= (p.number, p.ordinal))
GROUP BY 1 ORDER BY 1
