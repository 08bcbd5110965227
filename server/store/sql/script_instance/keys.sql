-- Which instances of a script there are; `installing`: its event on.installed is not logged yet.
SELECT location_id, mode, version_id, status, jsonb_exists(engine, 'installing') AS installing
FROM script_instance WHERE script_id = :script
