-- Which instances of a script there are.
SELECT location_id, mode, version_id, status FROM script_instance WHERE script_id = :script
