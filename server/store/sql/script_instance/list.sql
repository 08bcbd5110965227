-- How a script does in its homes, for people; the homes with trouble first.
SELECT i.location_id AS location, l.name AS location_name, i.mode, i.status, i.status_detail AS detail, i.updated_at
FROM script_instance i JOIN location l ON l.id = i.location_id
WHERE i.script_id = :script
ORDER BY i.status = 'running', l.name, i.mode LIMIT :count::integer
