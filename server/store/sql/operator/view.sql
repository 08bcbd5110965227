-- Operators as the console shows them.
SELECT jsonb_build_object('id', o.id, 'email', o.email, 'name', o.name, 'active', o.active, 'maySeeNames', o.may_see_names,
           'roles', COALESCE((SELECT jsonb_agg(jsonb_build_object('deployment', r.deployment_id, 'role', r.role) ORDER BY r.id)
                              FROM operator_role r WHERE r.operator_id = o.id), '[]')) AS item
FROM operator o
WHERE :id::bigint IS NULL OR o.id = :id::bigint
ORDER BY o.email
LIMIT 1000
