-- After enrolment the participant takes part.
UPDATE participant SET status = 'active', language = COALESCE(:language::text, language) WHERE id = :participant::bigint
