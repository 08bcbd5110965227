-- Puts a version everywhere where the script runs live; what is paused stays paused, where it was taken off it stays off.
UPDATE script_deployment SET version_id = :version
WHERE script_id = :script AND mode = 'live' AND NOT taken_off
