-- Participants by their codes; names only where `names` is true.
SELECT p.id, jsonb_build_object('id', p.id, 'deployment', p.deployment_id, 'code', p.code, 'status', p.status, 'language', p.language,
           'roles', COALESCE((SELECT jsonb_agg(jsonb_build_object('location', r.location_id, 'locationName', l.name, 'role', r.role,
                                                                  'callingOrder', r.calling_order) ORDER BY r.location_id, r.role)
                              FROM participant_role r JOIN location l ON l.id = r.location_id
                              WHERE r.participant_id = p.id), '[]'),
           'openQuestions', (SELECT count(*) FROM message m WHERE m.participant_id = p.id AND m.kind = 'question'
                             AND m.direction = 'to-participant' AND m.answered_at IS NULL),
           'lastMessage', (SELECT iso(max(m.created_at)) FROM message m WHERE m.participant_id = p.id))
       || CASE WHEN :names::boolean THEN jsonb_build_object('name', i.name, 'email', i.email, 'phone', i.phone) ELSE '{}' END AS item
FROM participant p
LEFT JOIN participant_identity i ON i.participant_id = p.id
WHERE (:deployment::bigint IS NULL OR p.deployment_id = :deployment::bigint) AND (:id::bigint IS NULL OR p.id = :id::bigint)
  AND (:location::bigint IS NULL OR EXISTS (SELECT 1 FROM participant_role r
                                            WHERE r.participant_id = p.id AND r.location_id = :location::bigint))
  AND p.id > COALESCE(:after::bigint, 0)
ORDER BY p.id
LIMIT :count::integer
