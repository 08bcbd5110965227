-- The timers of one instance, the next one first.
SELECT t.name, t.due, t.data FROM script_timer t
WHERE t.script_id = :script AND t.location_id = :location AND t.mode = :mode ORDER BY t.due, t.name
