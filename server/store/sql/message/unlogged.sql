-- What participants wrote or answered that is not in the log yet (or whose mark was lost: already), oldest first.
SELECT m.id, m.participant_id, m.location_id, m.direction, m.key, m.answer::text AS answer,
       CASE WHEN m.author ~ '^script:\d{1,18}$' THEN substr(m.author, 8)::bigint END AS script_id,
       chosen_text(m.question, m.answer) AS choice,
       CASE WHEN l.clock = 'real' OR l.id IS NULL THEN COALESCE(m.answered_at, m.created_at)
            ELSE COALESCE(home_newest(l.id), m.created_at) END AS event_time,
       EXISTS (SELECT 1 FROM event e WHERE e.location_id = m.location_id
               AND e.kind IN ('question-answered', 'participant-message') AND e.data->>'message' = m.id::text) AS already
FROM message m LEFT JOIN location l ON l.id = m.location_id
WHERE NOT m.logged AND (m.direction = 'from-participant' OR m.answered_at IS NOT NULL) ORDER BY m.id LIMIT 500
