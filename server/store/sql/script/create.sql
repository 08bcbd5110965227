-- A new script of a deployment; its versions are added after it.
INSERT INTO script (deployment_id, name, library_name)
VALUES (:deployment, :name, NULLIF(:library_name::text, ''))
RETURNING id
