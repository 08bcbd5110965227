-- Changes what is given; NULL leaves it.
UPDATE room SET kind = COALESCE(:kind::text, kind), name = COALESCE(:name::text, name) WHERE id = :id::bigint
