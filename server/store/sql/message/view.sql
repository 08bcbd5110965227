-- Messages of one participant (or these ids), oldest first. An answer's text is what the person read: the choice's, or itself.
SELECT m.id, m.participant_id AS participant, p.code, m.direction, m.kind, m.text, m.author, actor_name(m.author) AS author_name, m.key,
       m.reply_to, m.question,
       m.answer AS answer_value,
       COALESCE(chosen_text(m.question, m.answer), m.answer #>> '{}') AS answer_text,
       m.state, m.created_at, m.delivered_at, m.read_at, m.answered_at
FROM message m JOIN participant p ON p.id = m.participant_id
WHERE (:participant::bigint IS NULL OR m.participant_id = :participant::bigint)
  AND (:ids::bigint[] IS NULL OR m.id = ANY(:ids::bigint[]))
  AND m.id > COALESCE(:after::bigint, 0)
ORDER BY m.id
LIMIT :count::integer
