-- A session in use lives on.
UPDATE operator_session SET expires_at = now() + interval '12 hours' WHERE token_hash = :token::bytea
