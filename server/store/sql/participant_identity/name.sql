-- What a person is called, for the person alone.
SELECT i.name FROM participant_identity i WHERE i.participant_id = :participant::bigint AND i.name IS NOT NULL
