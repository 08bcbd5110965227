-- Participants with what is open with them, in the order of their ids.
SELECT p.id, p.deployment_id AS deployment, p.code, p.status, p.language,
       (SELECT count(*) FROM message m WHERE m.participant_id = p.id AND m.kind = 'question'
        AND m.direction = 'to-participant' AND m.answered_at IS NULL) AS open_questions,
       (SELECT max(m.created_at) FROM message m WHERE m.participant_id = p.id) AS last_message
FROM participant p
WHERE (:deployment::bigint IS NULL OR p.deployment_id = :deployment::bigint) AND (:id::bigint IS NULL OR p.id = :id::bigint)
  AND (:location::bigint IS NULL OR EXISTS (SELECT 1 FROM participant_role r
                                            WHERE r.participant_id = p.id AND r.location_id = :location::bigint
                                              AND (r.until IS NULL OR r.until > now())))
  AND p.id > COALESCE(:after::bigint, 0)
ORDER BY p.id
LIMIT :count::integer
