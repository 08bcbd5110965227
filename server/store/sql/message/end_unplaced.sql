-- Closes the open questions of scripts where they are not set to run any more, and what of theirs is not sent yet; of one script,
-- or of all in one home.
UPDATE message m
SET state = 'expired', answered_at = CASE WHEN m.kind = 'question' THEN now() END, logged = true
FROM script s
WHERE m.author = 'script:' || s.id AND ((m.kind = 'question' AND m.answered_at IS NULL) OR m.state = 'queued')
  AND m.location_id IS NOT NULL
  AND (:script::bigint IS NULL OR s.id = :script::bigint)
  AND (:location::bigint IS NULL OR m.location_id = :location::bigint)
  AND NOT script_is_placed(s.id, m.location_id, 'live')
RETURNING m.id, m.deployment_id, m.participant_id
