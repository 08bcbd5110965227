-- An alert's action may be an answer alone ("I am fine"): it has no device, and sets nothing.
ALTER TABLE alert_action
    ALTER COLUMN device_id DROP NOT NULL,
    ADD CHECK (device_id IS NOT NULL OR parameters = '[]');

-- The page of a person gives all questions that wait for an answer, however old they are.
CREATE INDEX message_waiting_question ON message (participant_id, id) WHERE kind = 'question' AND answered_at IS NULL;
