-- Questions of a deployment with their answers, newest first.
SELECT m.id, m.participant_id AS participant, p.code, m.direction, m.kind, m.text, m.author, actor_name(m.author) AS author_name, m.key,
       m.reply_to, m.question,
       m.answer AS answer_value,
       COALESCE(chosen_text(m.question, m.answer), m.answer #>> '{}') AS answer_text,
       m.state, m.created_at, m.delivered_at, m.read_at, m.answered_at
FROM message m JOIN participant p ON p.id = m.participant_id
WHERE m.deployment_id = :deployment::bigint AND m.kind = 'question' AND (:after::bigint IS NULL OR m.id < :after::bigint)
ORDER BY m.id DESC
LIMIT :count::integer
