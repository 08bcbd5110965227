-- The audit log, newest first; `scope` NULL: everything.
SELECT a.id, jsonb_build_object('id', a.id, 'at', iso(a.at), 'actor', a.actor,
           'actorName', COALESCE((SELECT o.email FROM operator o WHERE a.actor = 'operator:' || o.id),
                                 (SELECT p.code FROM participant p WHERE a.actor = 'participant:' || p.id), ''),
           'action', a.action, 'deployment', a.deployment_id, 'object', a.object, 'address', a.address,
           'detail', a.detail) AS item
FROM audit a
WHERE (:scope::bigint[] IS NULL OR a.deployment_id = ANY(:scope::bigint[]))
  AND (:after::bigint IS NULL OR a.id < :after::bigint)
ORDER BY a.id DESC
LIMIT :count::integer
