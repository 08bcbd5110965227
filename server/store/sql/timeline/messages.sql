-- Messages of the people of a home, for its timeline, newest first.
SELECT m.created_at AS time, 'message' AS kind, m.text, 'message:' || m.id AS object
FROM message m
WHERE m.created_at >= :from::timestamptz AND m.created_at <= :to::timestamptz
  AND (m.location_id = :location::bigint OR (m.location_id IS NULL AND EXISTS (
           SELECT 1 FROM participant_role r WHERE r.participant_id = m.participant_id AND r.location_id = :location::bigint)))
ORDER BY m.created_at DESC LIMIT :count::integer
