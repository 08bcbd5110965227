-- The roles of some operators, each operator's in the order in which they were given.
SELECT r.operator_id, r.deployment_id AS deployment, r.role FROM operator_role r
WHERE r.operator_id = ANY(:operators::bigint[]) ORDER BY r.operator_id, r.id
