-- Samples of a stream in buckets of equal length: least, greatest, mean and how many, by time. Each bucket is a range of the
-- index, one after the other: the samples are read once, and none is sorted.
SELECT (extract(epoch FROM b.at) * 1000)::bigint AS at_ms, x.least, x.greatest, x.mean, x.samples
FROM (SELECT make_interval(secs => :width_ms::bigint / 1000.0) AS width) w
CROSS JOIN LATERAL generate_series(date_bin(w.width, :from::timestamptz, '1970-01-01Z'), :to::timestamptz, w.width) AS b(at)
CROSS JOIN LATERAL (
    SELECT min(m.number) AS least, max(m.number) AS greatest, avg(m.number) AS mean, count(*) AS samples
    FROM measurement m
    WHERE m.stream_id = :stream::integer AND m.time >= :from::timestamptz AND m.time <= :to::timestamptz
      AND m.time >= b.at AND m.time < b.at + w.width AND m.number IS NOT NULL) x
WHERE x.samples > 0
ORDER BY b.at
LIMIT :count::integer
