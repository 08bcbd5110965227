-- A participant's session; sessions that are over go with it.
WITH over AS (DELETE FROM participant_session WHERE expires_at < now())
INSERT INTO participant_session (token_hash, participant_id, expires_at)
VALUES (:token::bytea, :participant::bigint, now() + make_interval(days => :days::integer))
RETURNING expires_at
