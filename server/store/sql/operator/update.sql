-- Changes what is given; NULL leaves it.
UPDATE operator
SET name = COALESCE(:name::text, name),
    password_hash = COALESCE(:hash::text, password_hash),
    may_see_names = COALESCE(:may_see_names::boolean, may_see_names),
    active = COALESCE(:active::boolean, active)
WHERE id = :id::bigint
