-- The newest sample of a stream before a moment, for charts that draw steps.
SELECT m.time, m.number, m.text, m.exact FROM measurement m
WHERE m.stream_id = :stream::integer AND m.time < :from::timestamptz
ORDER BY m.time DESC, m.batch DESC, m.ordinal DESC LIMIT 1
