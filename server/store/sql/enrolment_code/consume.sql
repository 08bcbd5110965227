-- Uses a code once; a code that is over or used up gives nothing.
UPDATE enrolment_code c SET uses_left = uses_left - 1
FROM participant p
WHERE c.code_hash = :code::bytea AND c.expires_at > now() AND c.uses_left > 0 AND p.id = c.participant_id
  AND p.status IN ('invited', 'active', 'paused')
RETURNING p.id, p.deployment_id
