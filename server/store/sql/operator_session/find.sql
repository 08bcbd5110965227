-- Who is signed in with this token; ageing when :step_s of its :session_s are over.
SELECT o.id, o.email, o.name, o.may_see_names, s.expires_at, s.expires_at < now() + make_interval(secs => :session_s::integer - :step_s::integer) AS ageing
FROM operator_session s JOIN operator o ON o.id = s.operator_id
WHERE s.token_hash = :token::bytea AND s.expires_at > now() AND o.active
