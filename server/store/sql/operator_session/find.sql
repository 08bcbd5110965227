-- Who is signed in with this token, with all roles.
SELECT o.id, o.email, o.name, o.may_see_names, s.expires_at, s.expires_at < now() + interval '11 hours 50 minutes' AS ageing,
       COALESCE((SELECT jsonb_agg(jsonb_build_object('deployment', r.deployment_id, 'role', r.role) ORDER BY r.id)
                 FROM operator_role r WHERE r.operator_id = o.id), '[]') AS roles
FROM operator_session s JOIN operator o ON o.id = s.operator_id
WHERE s.token_hash = :token::bytea AND s.expires_at > now() AND o.active
