-- Samples of a stream in buckets of equal length: least, greatest, mean and how many, by time.
SELECT (floor(extract(epoch FROM m.time) * 1000 / :width_ms::bigint) * :width_ms::bigint)::bigint AS at_ms,
       min(m.number) AS least, max(m.number) AS greatest, avg(m.number) AS mean, count(*) AS samples
FROM measurement m
WHERE m.stream_id = :stream::integer AND m.time >= :from::timestamptz AND m.time <= :to::timestamptz AND m.number IS NOT NULL
GROUP BY 1 ORDER BY 1
LIMIT :count::integer
