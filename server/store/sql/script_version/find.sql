-- One version with its text, by its id.
SELECT id, script_id AS script, number, author, actor_name(author) AS author_name, comment, created_at, encode(hash, 'hex') AS hash,
       manifest IS NOT NULL AND faults = '[]' AS accepted, source, helpers, faults, manifest
FROM script_version WHERE id = :version
