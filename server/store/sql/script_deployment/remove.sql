-- Takes a script out of everywhere.
DELETE FROM script_deployment WHERE script_id = :script
