-- After how many seconds a device of this outward id asks for its server: its deployment's figure, the shortest where several
-- have one of this id. An id of nobody gets one deployment's, always the same for it.
SELECT t.ttl_s
FROM ((SELECT 0 AS rank, p.server_ttl_s AS ttl_s FROM device d JOIN deployment p ON p.id = d.deployment_id
       WHERE d.key = :key::text AND d.retired_at IS NULL ORDER BY p.server_ttl_s LIMIT 1)
      UNION ALL
      (SELECT 1, p.server_ttl_s FROM deployment p ORDER BY hashtextextended(:key::text, p.id) LIMIT 1)) t
ORDER BY t.rank LIMIT 1
