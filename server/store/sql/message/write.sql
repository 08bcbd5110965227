-- A message from a participant, for the home that he or she lives in now, or else cares for; one that was written once is the same.
INSERT INTO message (deployment_id, participant_id, location_id, direction, text, author, state, reply_to, once)
SELECT p.deployment_id, p.id,
       (SELECT r.location_id FROM participant_role r WHERE r.participant_id = p.id
        AND role_holds(r.until) ORDER BY r.role <> 'resident', r.location_id LIMIT 1),
       'from-participant', :text::text, 'participant:' || p.id, 'delivered',
       (SELECT m.id FROM message m WHERE m.id = :reply_to::bigint AND m.participant_id = p.id), NULLIF(:once::text, '')
FROM participant p
WHERE p.id = :participant AND p.status NOT IN ('withdrawn', 'completed')
ON CONFLICT (participant_id, once) WHERE once IS NOT NULL DO UPDATE SET once = EXCLUDED.once
RETURNING id, deployment_id
