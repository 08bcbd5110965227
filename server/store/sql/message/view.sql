-- Messages, oldest first: those of some ids, else those of one participant. An answer's text is what the person read: the choice's,
-- or itself. ANY, and the order by participant, leave only that one's index: by the primary key they would be looked for among
-- everybody's.
SELECT m.id, m.participant_id AS participant, p.code, m.direction, m.kind, m.text, m.author, actor_name(m.author) AS author_name, m.key,
       m.reply_to, m.question,
       m.answer AS answer_value,
       COALESCE(chosen_text(m.question, m.answer), m.answer #>> '{}') AS answer_text,
       m.state, m.created_at, m.delivered_at, m.read_at, m.answered_at
FROM ((SELECT * FROM message o
       WHERE :ids::bigint[] IS NULL AND o.participant_id = ANY(ARRAY[:participant::bigint]) AND o.id > COALESCE(:after::bigint, 0)
       ORDER BY o.participant_id, o.id LIMIT :count::integer)
      UNION ALL SELECT * FROM message o WHERE o.id = ANY(:ids::bigint[])) m
JOIN participant p ON p.id = m.participant_id
ORDER BY m.id
LIMIT :count::integer
