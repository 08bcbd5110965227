-- A message to a participant; the same effect makes it once. An operator who writes back has read what was written; one who asks need
-- not have.
WITH seen AS (
    UPDATE message SET read_at = now(), state = 'read'
    WHERE deployment_id = :deployment AND participant_id = :participant AND direction = 'from-participant' AND read_at IS NULL
      AND :author::text LIKE 'operator:%' AND :kind::text <> 'question'
)
INSERT INTO message (deployment_id, participant_id, location_id, direction, kind, text, author, state, key, question, effect_id, due_at)
VALUES (:deployment, :participant,
        COALESCE(:location::bigint, (SELECT r.location_id FROM participant_role r WHERE r.participant_id = :participant
                                     AND role_holds(r.until)
                                     ORDER BY r.role <> 'resident', r.location_id LIMIT 1)),
        'to-participant', :kind, :text, :author, CASE WHEN :after_ms::bigint > 0 THEN 'queued' ELSE 'sent' END, :key,
        :question::jsonb, :effect::bigint, now() + make_interval(secs => :after_ms::double precision / 1000))
ON CONFLICT (effect_id, participant_id) DO UPDATE SET effect_id = EXCLUDED.effect_id
RETURNING id
