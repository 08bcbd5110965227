-- One version of a script by its number; 0: the newest.
SELECT id, script_id, number, source, helpers, hash, author, comment, manifest, faults, created_at
FROM script_version
WHERE script_id = :script AND (:number::integer = 0 OR number = :number::integer)
ORDER BY number DESC LIMIT 1
