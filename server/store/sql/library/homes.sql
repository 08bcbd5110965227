-- The homes for which to judge scripts, in the order of their ids.
SELECT l.id, l.name FROM location l
WHERE (:scope::bigint[] IS NULL OR l.deployment_id = ANY(:scope::bigint[])) AND l.retired_at IS NULL
ORDER BY l.id LIMIT :count::integer
