-- Operators as the console shows them.
SELECT o.id, o.email, o.name, o.active, o.may_see_names
FROM operator o
WHERE :id::bigint IS NULL OR o.id = :id::bigint
ORDER BY o.email
LIMIT :count::integer
