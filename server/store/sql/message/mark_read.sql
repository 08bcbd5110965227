-- An operator has read what the participant wrote, up to this message.
UPDATE message SET read_at = now(), state = 'read'
WHERE deployment_id = :deployment AND participant_id = :participant AND direction = 'from-participant' AND read_at IS NULL
  AND id <= :up_to
RETURNING id
