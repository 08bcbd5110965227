-- Messages of the people of a home, for its timeline, newest first.
SELECT jsonb_build_object('time', iso(m.created_at), 'kind', 'message', 'text', m.text, 'object', 'message:' || m.id,
           'detail', jsonb_build_object('participant', p.code, 'direction', m.direction, 'kind', m.kind, 'author', m.author,
                                        'answer', m.answer, 'state', m.state)) AS item, m.created_at AS time
FROM message m JOIN participant p ON p.id = m.participant_id
WHERE m.created_at >= :from::timestamptz AND m.created_at <= :to::timestamptz
  AND (m.location_id = :location::bigint OR (m.location_id IS NULL AND EXISTS (
           SELECT 1 FROM participant_role r WHERE r.participant_id = m.participant_id AND r.location_id = :location::bigint)))
ORDER BY m.created_at DESC LIMIT :count::integer
