-- The next batch number of a writer; nothing when a newer incarnation of it has started.
UPDATE writer SET last_number = last_number + 1
WHERE id = :writer AND incarnation = :incarnation
RETURNING last_number
