-- One row per participant: the last words, and what waits for a coordinator; who wrote last comes first.
SELECT p.id AS participant, p.code, CASE WHEN :names::boolean THEN i.name END AS name, p.status,
       COALESCE((SELECT l.time_zone FROM participant_role r JOIN location l ON l.id = r.location_id WHERE r.participant_id = p.id
                 ORDER BY r.until IS NOT NULL, r.role <> 'resident', l.id LIMIT 1), d.time_zone) AS time_zone,
       COALESCE(m.text, '') AS last_text, m.created_at AS last_at,
       (SELECT count(*) FROM message u WHERE u.deployment_id = c.deployment_id AND u.participant_id = c.participant_id
            AND u.direction = 'from-participant' AND u.read_at IS NULL) AS unread,
       c.open_questions
FROM (SELECT * FROM conversation x WHERE x.deployment_id = :deployment::bigint
      ORDER BY x.newest_message DESC NULLS LAST, x.participant_id
      LIMIT :count::integer) c
JOIN participant p ON p.id = c.participant_id
JOIN deployment d ON d.id = c.deployment_id
LEFT JOIN participant_identity i ON i.participant_id = c.participant_id
LEFT JOIN message m ON m.id = c.newest_message
ORDER BY c.newest_message DESC NULLS LAST, c.participant_id
