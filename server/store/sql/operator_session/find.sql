-- Who is signed in with this token.
SELECT o.id, o.email, o.name, o.may_see_names, s.expires_at, s.expires_at < now() + interval '11 hours 50 minutes' AS ageing
FROM operator_session s JOIN operator o ON o.id = s.operator_id
WHERE s.token_hash = :token::bytea AND s.expires_at > now() AND o.active
