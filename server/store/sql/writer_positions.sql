-- The newest committed batch of every writer.
SELECT w.id AS writer, coalesce((SELECT max(b.number) FROM batch b WHERE b.writer = w.id), 0) AS number FROM writer w
