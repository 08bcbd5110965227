-- A participant's newest messages, oldest first, without those that were taken back before they arrived. An answer's text is what
-- the person read: the choice's, or itself.
SELECT m.id, m.direction, m.kind, m.text, m.question, m.answer AS answer_value,
       COALESCE(chosen_text(m.question, m.answer), m.answer #>> '{}') AS answer_text,
       m.once, m.state, m.created_at, m.delivered_at, m.read_at, m.answered_at
FROM (SELECT * FROM message m WHERE m.participant_id = :participant::bigint AND m.state <> 'queued'
        AND (m.state <> 'expired' OR m.delivered_at IS NOT NULL)
      ORDER BY m.id DESC LIMIT :count::integer) m
ORDER BY m.id
