-- One role in one deployment, or in all of them.
INSERT INTO operator_role (operator_id, deployment_id, role) VALUES (:operator::bigint, :deployment::bigint, :role::text)
