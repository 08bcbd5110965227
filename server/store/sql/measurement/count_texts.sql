-- How many texts a stretch of a stream has besides its numbers.
SELECT count(*) AS texts FROM measurement m
WHERE m.stream_id = :stream::integer AND m.time >= :from::timestamptz AND m.time <= :to::timestamptz AND m.text IS NOT NULL
