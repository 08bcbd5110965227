-- The next version of a script; nothing when somebody saved another since :base (0: whatever is there).
INSERT INTO script_version (script_id, number, source, helpers, hash, author, comment, manifest, faults)
SELECT :script, newest.number + 1, :source, :helpers::jsonb, :hash::bytea, :author, :comment, :manifest::jsonb,
       :faults::jsonb
FROM (SELECT coalesce(max(number), 0) AS number FROM script_version WHERE script_id = :script) newest
WHERE :base::integer = 0 OR newest.number = :base::integer
RETURNING id, number
