-- After a version was deployed in all homes: rows of single homes take it too (a paused home stays paused).
UPDATE script_deployment SET version_id = :version
WHERE script_id = :script AND mode = :mode AND location_id IS NOT NULL
