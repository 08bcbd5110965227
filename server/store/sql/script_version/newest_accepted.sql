-- The newest version of a script that the check accepted, with its text.
SELECT id, script_id AS script, number, author, actor_name(author) AS author_name, comment, created_at, encode(hash, 'hex') AS hash,
       true AS accepted, source, helpers, faults, manifest
FROM script_version
WHERE script_id = :script AND manifest IS NOT NULL AND faults = '[]'
ORDER BY number DESC LIMIT 1
