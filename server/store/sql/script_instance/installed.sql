-- The event on.installed of a live instance is in the log now.
UPDATE script_instance SET engine = engine - 'installing'
WHERE script_id = :script AND location_id = :location AND mode = 'live'
