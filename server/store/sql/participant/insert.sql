-- A new participant with a code that no other one in the deployment has; without a language of its own, in the deployment's.
INSERT INTO participant (deployment_id, code, language)
SELECT d.id, :code::text, COALESCE(:language::text, d.language) FROM deployment d WHERE d.id = :deployment::bigint
RETURNING id
