-- A new code for a participant; older ones end.
WITH old AS (DELETE FROM enrolment_code WHERE participant_id = :participant::bigint OR expires_at < now())
INSERT INTO enrolment_code (code_hash, participant_id, expires_at)
VALUES (:code::bytea, :participant::bigint, now() + make_interval(days => :days::integer))
RETURNING expires_at
