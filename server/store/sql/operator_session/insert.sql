-- A session begins; sessions that are over go with it.
WITH over AS (DELETE FROM operator_session WHERE expires_at < now())
INSERT INTO operator_session (token_hash, operator_id, expires_at)
VALUES (:token::bytea, :operator::bigint, now() + make_interval(secs => :session_s::integer))
RETURNING expires_at
