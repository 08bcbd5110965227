-- What the page calls a message of its person: sent again because its answer was lost, it is the same message.
ALTER TABLE message ADD COLUMN once text;
CREATE UNIQUE INDEX message_once ON message (participant_id, once) WHERE once IS NOT NULL;
