-- The homes that an operator may see; `scope` NULL: all.
SELECT l.id, l.name, l.time_zone FROM location l
WHERE (:scope::bigint[] IS NULL OR l.deployment_id = ANY(:scope::bigint[])) AND l.retired_at IS NULL
ORDER BY l.id LIMIT :count::integer
