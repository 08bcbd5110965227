-- After enrolment the participant takes part; one whose participation rests has only a new way in.
UPDATE participant SET status = CASE WHEN status = 'paused' THEN status ELSE 'active' END,
       language = COALESCE(:language::text, language) WHERE id = :participant::bigint
