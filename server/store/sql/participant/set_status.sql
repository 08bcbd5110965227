-- How far a participation is; active only for who has a user name; who has withdrawn stays so, and is signed out.
WITH ended AS (
    DELETE FROM participant_session WHERE participant_id = :participant::bigint AND :status::text = 'withdrawn'
)
UPDATE participant SET status = :status::text
WHERE id = :participant::bigint AND (status <> 'withdrawn' OR :status::text = 'withdrawn')
  AND (:status::text <> 'active' OR EXISTS (SELECT 1 FROM participant_login l WHERE l.participant_id = :participant::bigint))
