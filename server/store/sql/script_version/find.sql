-- One version by its id.
SELECT id, script_id, number, source, helpers, hash, author, comment, manifest, faults, created_at
FROM script_version WHERE id = :version
