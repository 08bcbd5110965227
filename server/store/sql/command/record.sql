-- A new command, where its gateway has fewer open ones than `few`; nothing when it has as many, when the device is not in this
-- home or is retired, or when its effect has made one before.
INSERT INTO command (deployment_id, location_id, device_id, gateway_id, type, parameters, comment, requested_by, expires_at,
                     alert_id, effect_id)
SELECT d.deployment_id, d.location_id, d.id, COALESCE(d.gateway_id, d.id), :type::integer, :parameters::jsonb, :comment::text,
       :requested_by::text, now() + make_interval(secs => :expires_ms::double precision / 1000), :alert::bigint, :effect::bigint
FROM device d
WHERE d.id = :device AND d.location_id = :location AND d.deployment_id = :deployment AND d.retired_at IS NULL
  AND NOT EXISTS (SELECT FROM command o
                  WHERE o.gateway_id = COALESCE(d.gateway_id, d.id) AND o.state IN ('queued', 'sent', 'received')
                    AND o.expires_at > now()
                  OFFSET :few::integer - 1 LIMIT 1)
ON CONFLICT (effect_id) DO NOTHING
RETURNING id
