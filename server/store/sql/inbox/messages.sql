-- A participant's newest messages, oldest first.
SELECT m.id, jsonb_build_object('id', m.id, 'direction', m.direction, 'kind', m.kind, 'text', m.text, 'createdAt', iso(m.created_at),
           'state', m.state, 'readAt', iso(m.read_at), 'question', m.question, 'answer', m.answer, 'answeredAt', iso(m.answered_at)) AS item
FROM (SELECT * FROM message m WHERE m.participant_id = :participant::bigint AND m.state <> 'queued'
      ORDER BY m.id DESC LIMIT 100) m
ORDER BY m.id
