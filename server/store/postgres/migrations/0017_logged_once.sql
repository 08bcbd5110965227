-- Whether an answer, a command's end or a participant's words are in the log already is one look, not all that a home was told.
CREATE INDEX event_of_answer ON event ((data->>'answerId')) WHERE kind = 'alert-answered';
CREATE INDEX event_of_command ON event ((data->>'command')) WHERE kind = 'command-finished';
CREATE INDEX event_of_message ON event ((data->>'message')) WHERE kind IN ('question-answered', 'participant-message');
