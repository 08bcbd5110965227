-- The same of a stream of texts: the first of each bucket and how many there are.
SELECT (floor(extract(epoch FROM m.time) * 1000 / :width_ms::bigint) * :width_ms::bigint)::bigint AS at_ms,
       (array_agg(m.text ORDER BY m.time, m.writer, m.batch, m.ordinal))[1] AS text, count(*) AS samples
FROM measurement m
WHERE m.stream_id = :stream::integer AND m.time >= :from::timestamptz AND m.time <= :to::timestamptz AND m.text IS NOT NULL
GROUP BY 1 ORDER BY 1
LIMIT :count::integer
