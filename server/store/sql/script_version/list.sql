-- The versions of a script without their text, newest first.
SELECT id, script_id AS script, number, author, actor_name(author) AS author_name, comment, created_at, encode(hash, 'hex') AS hash,
       manifest IS NOT NULL AND faults = '[]' AS accepted
FROM script_version WHERE script_id = :script ORDER BY number DESC LIMIT :count::integer
