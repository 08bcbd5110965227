-- A server's minute samples between two moments, by time.
SELECT sample FROM metric_sample
WHERE node = :node AND at >= :from::timestamptz AND at <= :to::timestamptz
ORDER BY at LIMIT :count::integer
