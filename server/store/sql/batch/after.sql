-- The next batches of every writer behind a position, by writer and number. :positions: [{"writer","number"}].
SELECT b.writer, b.number, b.arrival, b.least_time, b.greatest_time, b.row_count
FROM writer w
LEFT JOIN jsonb_to_recordset(:positions::jsonb) AS p(writer smallint, number bigint) ON p.writer = w.id
CROSS JOIN LATERAL (
    SELECT * FROM batch WHERE batch.writer = w.id AND batch.number > coalesce(p.number, 0)
    ORDER BY batch.number LIMIT :limit) b
ORDER BY b.writer, b.number
