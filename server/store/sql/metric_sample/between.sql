-- Minute samples between two moments, by time; of one node or of all.
SELECT sample AS item FROM metric_sample
WHERE at >= :from::timestamptz AND at <= :to::timestamptz AND (:node::text IS NULL OR node = :node::text)
ORDER BY at LIMIT 20000
