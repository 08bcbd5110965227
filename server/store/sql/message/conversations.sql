-- One row per participant: the last words, and what waits for a coordinator.
SELECT p.id AS participant, p.code, CASE WHEN :names::boolean THEN i.name END AS name, COALESCE(x.text, '') AS last_text,
       x.created_at AS last_at,
       (SELECT count(*) FROM message m WHERE m.deployment_id = p.deployment_id AND m.participant_id = p.id
           AND m.direction = 'from-participant' AND m.read_at IS NULL) AS unread,
       (SELECT count(*) FROM message m WHERE m.participant_id = p.id AND m.kind = 'question'
           AND m.direction = 'to-participant' AND m.answered_at IS NULL) AS open_questions
FROM participant p
LEFT JOIN participant_identity i ON i.participant_id = p.id
LEFT JOIN LATERAL (SELECT m.text, m.created_at, m.id FROM message m WHERE m.participant_id = p.id ORDER BY m.id DESC LIMIT 1) x ON true
WHERE p.deployment_id = :deployment::bigint
ORDER BY x.id DESC NULLS LAST, p.id
LIMIT :count::integer
