-- Samples of a stream in buckets of equal length: least, greatest, how many, and what makes the mean, by time. A sum of huge
-- numbers would be out of range: theirs is of 2^-64 of each. Each bucket is a range of the index, one after the other: the samples
-- are read once, and none is sorted. "exact" has the digits of integers that "number" cannot hold.
SELECT (extract(epoch FROM b.at) * 1000)::bigint AS at_ms, x.least, x.greatest, x.samples, x.sum, x.huge,
       x.held_least, x.exact_least, x.held_greatest, x.exact_greatest
FROM (SELECT make_interval(secs => :width_ms::bigint / 1000.0) AS width) w
CROSS JOIN LATERAL generate_series(date_bin(w.width, :from::timestamptz, '1970-01-01Z'), :to::timestamptz, w.width) AS b(at)
CROSS JOIN LATERAL (
    SELECT min(m.number) AS least, max(m.number) AS greatest, count(*) AS samples,
           sum(m.number) FILTER (WHERE abs(m.number) < 1e290::double precision) AS sum,
           sum(m.number / 18446744073709551616::double precision) FILTER (WHERE abs(m.number) >= 1e290::double precision) AS huge,
           min(m.number) FILTER (WHERE m.exact IS NULL) AS held_least, min(m.exact) AS exact_least,
           max(m.number) FILTER (WHERE m.exact IS NULL) AS held_greatest, max(m.exact) AS exact_greatest
    FROM measurement m
    WHERE m.stream_id = :stream::integer AND m.time >= :from::timestamptz AND m.time <= :to::timestamptz
      AND m.time >= b.at AND m.time < b.at + w.width AND m.number IS NOT NULL) x
WHERE x.samples > 0
ORDER BY b.at
LIMIT :count::integer
