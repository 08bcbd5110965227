-- A device by its outward id among those that the caller may handle: an operator's deployments, a participant's homes.
SELECT d.id, d.deployment_id, d.location_id, d.key, d.gateway_id, d.tokenless, d.retired_at IS NOT NULL AS retired, c.connected
FROM device d JOIN device_connection c ON c.device_id = d.id
WHERE d.key = :key::text AND d.retired_at IS NULL
  AND (:location::bigint IS NULL OR d.location_id = :location::bigint)
  AND (:scope::bigint[] IS NULL OR d.deployment_id = ANY(:scope::bigint[]))
  AND (:participant::bigint IS NULL OR EXISTS (
      SELECT 1 FROM participant_role r WHERE r.participant_id = :participant::bigint AND r.location_id = d.location_id
         AND r.role IN ('resident', 'student') AND (r.until IS NULL OR r.until > now())))
ORDER BY d.id LIMIT 2
