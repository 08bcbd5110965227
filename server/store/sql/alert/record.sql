-- A new alert; nothing when one of this cause is open.
INSERT INTO alert (deployment_id, location_id, source, script_id, run_id, device_id, key, severity, texts, at, repeat_ms, effect_id)
VALUES (:deployment, :location, :source, :script::bigint, :run::bigint, :device::bigint, :key, :severity, :texts::jsonb, :at,
        :repeat::bigint, :effect::bigint)
ON CONFLICT DO NOTHING
RETURNING id
