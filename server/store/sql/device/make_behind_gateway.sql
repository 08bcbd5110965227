-- A device that a gateway added, active since the gateway is, or since it was retired in another home: what it measured there
-- is not this one's (where this home has the data's clock, its first moment is the start). Or the one in use with this id, which comes behind this gateway where it was behind another one of the same
-- home (`moved_from`): that is in the audit log; a gateway without a token takes none from what has one. One of which no gateway said the type takes the first that is said.
WITH made AS (
    INSERT INTO device (deployment_id, location_id, key, type, gateway_id, start_date)
    SELECT :deployment, :location, :key, :type, g.id,
           GREATEST(g.start_date, (SELECT max(o.retired_at) FROM device o
                                   WHERE o.key = :key::text AND o.deployment_id = :deployment::bigint
                                     AND o.location_id <> :location::bigint AND l.clock = 'real'))
    FROM device g JOIN location l ON l.id = :location::bigint WHERE g.id = :gateway
    ON CONFLICT DO NOTHING
    RETURNING id, location_id
), known AS (
    SELECT id, location_id, gateway_id FROM device
    WHERE deployment_id = :deployment::bigint AND key = :key::text AND retired_at IS NULL
), moved AS (
    UPDATE device d SET gateway_id = :gateway::bigint, type = CASE WHEN d.type = 0 THEN :type::integer ELSE d.type END
    FROM known k JOIN device g ON g.id = :gateway::bigint LEFT JOIN device o ON o.id = k.gateway_id
    WHERE d.id = k.id AND k.location_id = :location::bigint
      AND (k.gateway_id = g.id OR NOT g.tokenless OR (o.tokenless AND NOT EXISTS (
              SELECT FROM device_token t WHERE t.device_id = k.id AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()))))
      AND (k.gateway_id <> :gateway::bigint OR (k.gateway_id = :gateway::bigint AND d.type = 0 AND :type::integer <> 0))
    RETURNING d.id, NULLIF(k.gateway_id, :gateway::bigint) AS moved_from
), noted AS (
    INSERT INTO audit (actor, action, deployment_id, object, detail)
    SELECT 'system', 'device.move', :deployment::bigint, 'device:' || m.id,
           jsonb_build_object('key', :key::text, 'from', f.key, 'to', t.key)
    FROM moved m JOIN device f ON f.id = m.moved_from JOIN device t ON t.id = :gateway::bigint
)
SELECT id, location_id, NULL::bigint AS moved_from FROM made
UNION ALL
SELECT k.id, k.location_id, m.moved_from FROM known k LEFT JOIN moved m ON m.id = k.id
