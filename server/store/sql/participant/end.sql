-- Ends a participation, once: the login and the codes go.
WITH ended AS (
    UPDATE participant SET status = :status::text
    WHERE id = :participant::bigint AND status NOT IN ('completed', 'withdrawn')
    RETURNING id
), login AS (
    DELETE FROM participant_login l USING ended e WHERE l.participant_id = e.id
), codes AS (
    DELETE FROM enrolment_code c USING ended e WHERE c.participant_id = e.id
)
SELECT id FROM ended
