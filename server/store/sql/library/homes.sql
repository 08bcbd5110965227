-- The homes for which to judge scripts, in the order of their ids.
SELECT h.id, h.name
FROM ((SELECT l.id, l.name FROM location l WHERE :scope::bigint[] IS NULL AND l.retired_at IS NULL ORDER BY l.id LIMIT :count::integer)
      UNION ALL
      SELECT o.id, o.name FROM (SELECT DISTINCT u.id FROM unnest(:scope::bigint[]) u(id)) s CROSS JOIN LATERAL
          (SELECT l.id, l.name FROM location l WHERE l.deployment_id = s.id AND l.retired_at IS NULL ORDER BY l.id LIMIT :count::integer) o) h
ORDER BY h.id LIMIT :count::integer
