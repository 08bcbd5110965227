-- The same in stretches of :every ms from :since on, where there are too many samples; the last one ends with :until.
-- "exact" has the digits of integers that "number" cannot hold; sums of whole numbers keep theirs.
WITH p AS MATERIALIZED (
    SELECT writer, number, ordinal
    FROM jsonb_to_recordset(:positions::jsonb) AS r(writer smallint, number bigint, ordinal integer)
)
SELECT least(floor(extract(epoch FROM m.time - :since::timestamptz) * 1000 / :every::bigint)::bigint, :last::bigint)
           AS bucket,
       sum(m.number) FILTER (WHERE abs(m.number) < 1e290::double precision) AS sum,
       sum(m.number / 18446744073709551616::double precision) FILTER (WHERE abs(m.number) >= 1e290::double precision) AS huge,
       sum(w.whole)::text AS whole_sum, count(w.whole) AS wholes,
       min(m.number) AS least, max(m.number) AS greatest, count(*) AS samples,
       min(m.number) FILTER (WHERE m.exact IS NULL) AS held_least, min(m.exact) AS exact_least,
       max(m.number) FILTER (WHERE m.exact IS NULL) AS held_greatest, max(m.exact) AS exact_greatest,
       (array_agg(COALESCE(m.exact::text, m.number::text) ORDER BY m.time DESC, m.batch DESC, m.ordinal DESC))[1] AS last
FROM stream s JOIN measurement m ON m.stream_id = s.id
CROSS JOIN LATERAL (SELECT CASE WHEN m.exact IS NOT NULL THEN m.exact
                                WHEN m.number = trunc(m.number) AND m.number >= -9223372036854775808::double precision
                                     AND m.number < 9223372036854775808::double precision THEN m.number::bigint END AS whole) w
WHERE s.location_id = :location AND s.device_id IS NOT DISTINCT FROM :device::bigint AND s.name = :name
  AND m.time >= :since AND m.time <= :until AND m.number IS NOT NULL
  AND EXISTS (SELECT FROM p WHERE p.writer = m.writer AND (m.batch, m.ordinal) <= (p.number, p.ordinal))
GROUP BY 1 ORDER BY 1
