-- Messages of one participant (or these ids), oldest first.
SELECT m.id, m.deployment_id, jsonb_build_object('id', m.id, 'participant', m.participant_id, 'direction', m.direction, 'kind', m.kind,
           'text', m.text, 'author', m.author, 'createdAt', iso(m.created_at), 'state', m.state, 'deliveredAt', iso(m.delivered_at),
           'readAt', iso(m.read_at), 'question', m.question, 'answer', m.answer, 'answeredAt', iso(m.answered_at),
           'replyTo', m.reply_to, 'key', m.key) AS item
FROM message m
WHERE (:participant::bigint IS NULL OR m.participant_id = :participant::bigint)
  AND (:ids::bigint[] IS NULL OR m.id = ANY(:ids::bigint[]))
  AND m.id > COALESCE(:after::bigint, 0)
ORDER BY m.id
LIMIT :count::integer
