-- Samples of a stream between two moments, by time.
SELECT m.time, m.number, m.text, m.exact FROM measurement m
WHERE m.stream_id = :stream::integer AND m.time >= :from::timestamptz AND m.time <= :to::timestamptz
ORDER BY m.time, m.writer, m.batch, m.ordinal
LIMIT :count::integer
