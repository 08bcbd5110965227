-- A session in use lives on.
UPDATE operator_session SET expires_at = now() + make_interval(secs => :session_s::integer) WHERE token_hash = :token::bytea
