-- A participant's newest messages, and all questions that wait for an answer, oldest first; without those that were taken back
-- before they arrived. An answer's text is what the person read: the choice's, or itself. A script's question is over for who has
-- left its home.
SELECT m.id, m.direction, m.kind, m.text, m.question, m.answer AS answer_value,
       COALESCE(chosen_text(m.question, m.answer), m.answer #>> '{}') AS answer_text,
       m.once,
       CASE WHEN m.kind = 'question' AND m.answered_at IS NULL AND m.author LIKE 'script:%' AND m.location_id IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM participant_role r WHERE r.participant_id = m.participant_id
                                   AND r.location_id = m.location_id AND role_holds(r.until))
            THEN 'expired' ELSE m.state END AS state, m.created_at, m.delivered_at, m.read_at, m.answered_at
FROM (SELECT newest.* FROM (SELECT * FROM message n WHERE n.participant_id = :participant::bigint AND n.state <> 'queued'
                              AND (n.state <> 'expired' OR n.delivered_at IS NOT NULL)
                            ORDER BY n.id DESC LIMIT :count::integer) newest
      UNION
      SELECT waiting.* FROM (SELECT * FROM message q WHERE q.participant_id = :participant::bigint AND q.kind = 'question'
                               AND q.answered_at IS NULL AND q.state NOT IN ('queued', 'expired')
                             ORDER BY q.id DESC LIMIT :count::integer) waiting) m
ORDER BY m.id
