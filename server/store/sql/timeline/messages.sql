-- Messages about a home, and those of its people about none, for its timeline, newest first.
SELECT t.created_at AS time, 'message' AS kind, t.text, 'message:' || t.id AS object
FROM ((SELECT m.id, m.created_at, m.text FROM message m
       WHERE m.location_id = :location::bigint AND m.created_at >= :from::timestamptz AND m.created_at <= :to::timestamptz
       ORDER BY m.created_at DESC LIMIT :count::integer)
      UNION ALL
      (SELECT m.id, m.created_at, m.text FROM message m
       WHERE m.location_id IS NULL AND m.created_at >= :from::timestamptz AND m.created_at <= :to::timestamptz
         AND m.participant_id = ANY(ARRAY(SELECT r.participant_id FROM participant_role r WHERE r.location_id = :location::bigint))
       ORDER BY m.created_at DESC LIMIT :count::integer)) t
ORDER BY t.created_at DESC LIMIT :count::integer
