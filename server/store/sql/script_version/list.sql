-- All versions of a script without their text, newest first.
SELECT id, script_id, number, ''::text AS source, '{}'::jsonb AS helpers, hash, author, comment,
       CASE WHEN manifest IS NULL THEN NULL ELSE '{}'::jsonb END AS manifest, faults, created_at
FROM script_version WHERE script_id = :script ORDER BY number DESC LIMIT :limit
