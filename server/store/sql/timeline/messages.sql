-- Messages about a home, and those of its people about none, for its timeline, newest first.
SELECT t.created_at AS time, 'message' AS kind, t.text, 'message:' || t.id AS object
FROM ((SELECT m.id, m.created_at, m.text FROM message m
       WHERE m.location_id = :location::bigint AND m.created_at >= :from::timestamptz AND m.created_at <= :to::timestamptz
       ORDER BY m.created_at DESC LIMIT :count::integer)
      UNION ALL
      (SELECT o.id, o.created_at, o.text
       FROM (SELECT DISTINCT r.participant_id FROM participant_role r WHERE r.location_id = :location::bigint) h CROSS JOIN LATERAL
           (SELECT m.id, m.created_at, m.text FROM message m
            WHERE m.participant_id = h.participant_id AND m.location_id IS NULL
              AND m.created_at >= :from::timestamptz AND m.created_at <= :to::timestamptz
            ORDER BY m.created_at DESC LIMIT :count::integer) o)) t
ORDER BY t.created_at DESC LIMIT :count::integer
