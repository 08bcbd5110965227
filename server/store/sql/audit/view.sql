-- The audit log, newest first, before the row :after; `scope` NULL: everything. Who it was is looked up for the page alone.
SELECT a.id, a.at, a.actor,
       COALESCE((SELECT o.email FROM operator o WHERE o.id = CASE WHEN a.actor ~ '^operator:\d{1,18}$' THEN substr(a.actor, 10)::bigint END),
                (SELECT p.code FROM participant p
                 WHERE p.id = CASE WHEN a.actor ~ '^participant:\d{1,18}$' THEN substr(a.actor, 13)::bigint END), '') AS actor_name,
       a.action, a.deployment_id AS deployment, a.object, a.address, a.detail
FROM (SELECT x.*
      FROM ((SELECT * FROM audit n
             WHERE :scope::bigint[] IS NULL AND n.id < COALESCE(:after::bigint, 9223372036854775807)
             ORDER BY n.id DESC LIMIT :count::integer)
            UNION ALL
            SELECT o.* FROM (SELECT DISTINCT u.id FROM unnest(:scope::bigint[]) u(id)) s CROSS JOIN LATERAL
                (SELECT * FROM audit n
                 WHERE n.deployment_id = s.id AND n.id < COALESCE(:after::bigint, 9223372036854775807)
                 ORDER BY n.id DESC LIMIT :count::integer) o) x
      ORDER BY x.id DESC LIMIT :count::integer) a
ORDER BY a.id DESC
