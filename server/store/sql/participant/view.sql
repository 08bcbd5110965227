-- Participants with what is open with them, in the order of their ids.
SELECT p.id, p.deployment_id AS deployment, p.code, p.status, p.language, c.open_questions, c.newest_at AS last_message
FROM (SELECT * FROM participant x
      WHERE (:deployment::bigint IS NULL OR x.deployment_id = :deployment::bigint) AND (:id::bigint IS NULL OR x.id = :id::bigint)
        AND (:location::bigint IS NULL OR x.id = ANY(ARRAY(SELECT r.participant_id FROM participant_role r
                                                           WHERE r.location_id = :location::bigint
                                                             AND role_holds(r.until))))
        AND x.id > COALESCE(:after::bigint, 0)
      ORDER BY x.id
      LIMIT :count::integer) p
JOIN conversation c ON c.participant_id = p.id
ORDER BY p.id
