-- How often a script wrote to a person because of one home: one look, however often it did because of others.
DROP INDEX message_of_script;
CREATE INDEX message_of_script ON message (participant_id, author, location_id, effect_id) WHERE effect_id IS NOT NULL;
