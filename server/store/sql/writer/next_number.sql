-- The number of the batch that this transaction writes; no row when another process has taken the writer.
UPDATE writer SET last_number = last_number + 1 WHERE id = :writer AND incarnation = :incarnation
RETURNING last_number
