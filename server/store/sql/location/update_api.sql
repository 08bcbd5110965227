-- Changes what is given; NULL leaves it.
UPDATE location SET name = COALESCE(:name::text, name), time_zone = COALESCE(:time_zone::text, time_zone)
WHERE id = :id::bigint
