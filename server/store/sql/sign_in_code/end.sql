-- The code of the first admin ends when there is one, however he or she was made.
DELETE FROM sign_in_code
WHERE EXISTS (SELECT 1 FROM operator o JOIN operator_role r ON r.operator_id = o.id
              WHERE o.active AND o.password_hash <> '' AND r.role = 'admin' AND r.deployment_id IS NULL)
