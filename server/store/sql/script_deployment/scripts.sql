-- Every script that is deployed somewhere, or the one given.
SELECT s.id, s.deployment_id FROM script s
WHERE s.retired_at IS NULL AND (:script::bigint IS NULL OR s.id = :script::bigint)
  AND EXISTS (SELECT FROM script_deployment d WHERE d.script_id = s.id AND NOT d.taken_off)
ORDER BY s.id
