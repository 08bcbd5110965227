-- Uses the code up: good for :valid_s, and only while there is no admin of everything who can sign in.
DELETE FROM sign_in_code
WHERE code_hash = :code::bytea AND created_at > now() - make_interval(secs => :valid_s::integer)
  AND NOT EXISTS (SELECT 1 FROM operator o JOIN operator_role r ON r.operator_id = o.id
                  WHERE o.active AND o.password_hash <> '' AND r.role = 'admin' AND r.deployment_id IS NULL)
RETURNING created_at
