-- After a version was deployed in all homes: rows of single homes take it too (a paused home stays paused), and homes that it
-- was taken off have it again.
WITH back AS (
    DELETE FROM script_deployment
    WHERE script_id = :script AND mode = :mode AND location_id IS NOT NULL AND taken_off
)
UPDATE script_deployment SET version_id = :version
WHERE script_id = :script AND mode = :mode AND location_id IS NOT NULL AND NOT taken_off
