-- The same of a stream of texts: the first of each bucket, how many there are, and how many are texts; numbers, from when it was
-- a stream of these, stand as their texts.
SELECT (floor(extract(epoch FROM m.time) * 1000 / :width_ms::bigint) * :width_ms::bigint)::bigint AS at_ms,
       (array_agg(COALESCE(m.text, m.exact::text, m.number::text) ORDER BY m.time, m.writer, m.batch, m.ordinal))[1] AS text,
       count(*) AS samples, count(m.text) AS texts
FROM measurement m
WHERE m.stream_id = :stream::integer AND m.time >= :from::timestamptz AND m.time <= :to::timestamptz
  AND (m.text IS NOT NULL OR m.number IS NOT NULL)
GROUP BY 1 ORDER BY 1
LIMIT :count::integer
