-- What scripts may send an hour, and telling that stops when somebody takes care.

-- Of one script in one home, by the home's clock.
ALTER TABLE deployment
    ADD COLUMN messages_per_hour integer NOT NULL DEFAULT 10 CHECK (messages_per_hour > 0), -- to one person
    ADD COLUMN alerts_per_hour integer NOT NULL DEFAULT 30 CHECK (alerts_per_hour > 0),
    ADD COLUMN commands_per_hour integer NOT NULL DEFAULT 120 CHECK (commands_per_hour > 0);

-- Each index ends in what it is read for; of messages and commands only what scripts sent.
CREATE INDEX message_of_script ON message (participant_id, author, effect_id) WHERE effect_id IS NOT NULL;
CREATE INDEX message_of_scripts ON message (participant_id, effect_id) WHERE effect_id IS NOT NULL;
CREATE INDEX command_of_script ON command (location_id, requested_by, effect_id) WHERE effect_id IS NOT NULL;
CREATE INDEX alert_lately ON alert (location_id, at);

-- What was left until a person is told when somebody took care of the alert: that person is not told (no due_at) unless it
-- opens again.
ALTER TABLE alert_recipient
    ALTER COLUMN due_at DROP NOT NULL,
    ADD COLUMN left_ms bigint,
    ADD CHECK ((due_at IS NULL) = (left_ms IS NOT NULL));

-- Until when the command of the action that was taken is waited for; then it was carried out, or the alert opens again.
ALTER TABLE alert ADD COLUMN waits_until timestamptz;
CREATE INDEX alert_waits ON alert (waits_until) WHERE waits_until IS NOT NULL;
