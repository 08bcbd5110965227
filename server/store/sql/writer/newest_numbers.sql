-- The newest committed number of every writer.
SELECT id, last_number FROM writer
