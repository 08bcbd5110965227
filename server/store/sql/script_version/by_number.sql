-- One version of a script with its text, by its number; 0: the newest.
SELECT id, script_id AS script, number, author, actor_name(author) AS author_name, comment, created_at, encode(hash, 'hex') AS hash,
       manifest IS NOT NULL AND faults = '[]' AS accepted, source, helpers, faults, manifest
FROM script_version
WHERE script_id = :script AND (:number::integer = 0 OR number = :number::integer)
ORDER BY number DESC LIMIT 1
