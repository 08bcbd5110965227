-- A new participant with a code that no other one in the deployment has.
INSERT INTO participant (deployment_id, code, language) VALUES (:deployment::bigint, :code::text, :language::text)
RETURNING id
