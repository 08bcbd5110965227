-- Samples of a stream in buckets of equal length: least, greatest, how many, and what makes the mean, by time. A sum of huge
-- numbers would be out of range: theirs is of 2^-64 of each.
SELECT (floor(extract(epoch FROM m.time) * 1000 / :width_ms::bigint) * :width_ms::bigint)::bigint AS at_ms,
       min(m.number) AS least, max(m.number) AS greatest, count(*) AS samples,
       sum(m.number) FILTER (WHERE abs(m.number) < 1e290::double precision) AS sum,
       sum(m.number / 18446744073709551616::double precision) FILTER (WHERE abs(m.number) >= 1e290::double precision) AS huge
FROM measurement m
WHERE m.stream_id = :stream::integer AND m.time >= :from::timestamptz AND m.time <= :to::timestamptz AND m.number IS NOT NULL
GROUP BY 1 ORDER BY 1
LIMIT :count::integer
