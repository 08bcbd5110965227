-- The participant's answer to a question.
UPDATE message SET state = 'answered', answer = :answer::jsonb, answered_at = now(),
       delivered_at = COALESCE(delivered_at, now()), read_at = COALESCE(read_at, now())
WHERE id = :message
