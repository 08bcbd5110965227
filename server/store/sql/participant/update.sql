-- Changes what is given; NULL leaves it.
UPDATE participant SET language = COALESCE(:language::text, language) WHERE id = :participant::bigint
