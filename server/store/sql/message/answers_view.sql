-- Questions of a deployment with their answers, newest first.
SELECT m.id, jsonb_build_object('id', m.id, 'participant', m.participant_id, 'code', p.code, 'text', m.text, 'key', m.key,
           'author', m.author, 'createdAt', iso(m.created_at), 'state', m.state, 'question', m.question, 'answer', m.answer,
           'answeredAt', iso(m.answered_at)) AS item
FROM message m JOIN participant p ON p.id = m.participant_id
WHERE m.deployment_id = :deployment::bigint AND m.kind = 'question' AND (:after::bigint IS NULL OR m.id < :after::bigint)
ORDER BY m.id DESC
LIMIT :count::integer
