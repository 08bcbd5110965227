-- A device by its outward id among those that the caller may handle: an operator's deployments, a resident's homes, what a
-- student registered, or what is behind it.
-- One look a study into the index that makes ids unique in it.
SELECT d.id, d.deployment_id, d.location_id, d.key, d.gateway_id, d.tokenless, d.retired_at IS NOT NULL AS retired, c.connected
FROM (SELECT * FROM device x
      WHERE x.key = :key::text AND x.retired_at IS NULL
        AND x.deployment_id = ANY(COALESCE(:scope::bigint[], CASE
                WHEN :participant::bigint IS NULL THEN ARRAY(SELECT p.id FROM deployment p)
                ELSE ARRAY(SELECT p.deployment_id FROM participant p WHERE p.id = :participant::bigint) END))
        AND (:location::bigint IS NULL OR x.location_id = :location::bigint)
        AND (:participant::bigint IS NULL OR EXISTS (
            SELECT 1 FROM participant_role r WHERE r.participant_id = :participant::bigint AND r.location_id = x.location_id
               AND (r.role = 'resident' OR (r.role = 'student' AND :participant::bigint IN (
                       x.owner_id, (SELECT g.owner_id FROM device g WHERE g.id = x.gateway_id))))
               AND role_holds(r.until)))
      ORDER BY x.id LIMIT 2) d
JOIN device_connection c ON c.device_id = d.id
ORDER BY d.id
