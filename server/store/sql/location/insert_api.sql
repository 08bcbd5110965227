-- A new home; its zone is the deployment's where none is given.
INSERT INTO location (deployment_id, name, time_zone, clock)
SELECT d.id, :name::text, COALESCE(:time_zone::text, d.time_zone), COALESCE(:clock::text, 'real')
FROM deployment d WHERE d.id = :deployment::bigint
RETURNING id
