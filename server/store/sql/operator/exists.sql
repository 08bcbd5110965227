-- Whether anybody can sign in at all: an active admin of everything with a password.
SELECT EXISTS (SELECT 1 FROM operator o JOIN operator_role r ON r.operator_id = o.id
               WHERE o.active AND o.password_hash <> '' AND r.role = 'admin' AND r.deployment_id IS NULL) AS found
