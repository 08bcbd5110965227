-- The same of a stream of texts: the first of each bucket, how many there are, and how many are texts; numbers, from when it was
-- a stream of these, stand as their texts.
SELECT (extract(epoch FROM b.at) * 1000)::bigint AS at_ms, f.text, x.samples, x.texts
FROM (SELECT make_interval(secs => :width_ms::bigint / 1000.0) AS width) w
CROSS JOIN LATERAL generate_series(date_bin(w.width, :from::timestamptz, '1970-01-01Z'), :to::timestamptz, w.width) AS b(at)
CROSS JOIN LATERAL (
    SELECT count(*) AS samples, count(m.text) AS texts FROM measurement m
    WHERE m.stream_id = :stream::integer AND m.time >= :from::timestamptz AND m.time <= :to::timestamptz
      AND m.time >= b.at AND m.time < b.at + w.width AND (m.text IS NOT NULL OR m.number IS NOT NULL)) x
CROSS JOIN LATERAL (
    SELECT COALESCE(m.text, m.exact::text, m.number::text) AS text FROM measurement m
    WHERE x.samples > 0 AND m.stream_id = :stream::integer AND m.time >= :from::timestamptz AND m.time <= :to::timestamptz
      AND m.time >= b.at AND m.time < b.at + w.width AND (m.text IS NOT NULL OR m.number IS NOT NULL)
    ORDER BY m.time, m.writer, m.batch, m.ordinal LIMIT 1) f
ORDER BY b.at
LIMIT :count::integer
