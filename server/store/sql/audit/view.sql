-- The audit log, newest first, before the row :after; `scope` NULL: everything.
SELECT a.id, a.at, a.actor,
       COALESCE((SELECT o.email FROM operator o WHERE a.actor = 'operator:' || o.id),
                (SELECT p.code FROM participant p WHERE a.actor = 'participant:' || p.id), '') AS actor_name,
       a.action, a.deployment_id AS deployment, a.object, a.address, a.detail
FROM audit a
WHERE (:scope::bigint[] IS NULL OR a.deployment_id = ANY(:scope::bigint[]))
  AND (:after::bigint IS NULL OR a.id < :after::bigint)
ORDER BY a.id DESC
LIMIT :count::integer
