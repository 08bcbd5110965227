-- A new command at a gateway that has many open ones and whose lock the caller holds. With `most` of them the oldest of the same
-- device becomes superseded, of which all that it sets is set anew; where there is none, nothing is made and the gateway is full.
-- One that is being answered just now is left alone: it ends without this.
WITH wanted AS (
    SELECT d.deployment_id, d.location_id, d.id, COALESCE(d.gateway_id, d.id) AS gateway_id
    FROM device d
    WHERE d.id = :device AND d.location_id = :location AND d.deployment_id = :deployment AND d.retired_at IS NULL
      AND NOT EXISTS (SELECT FROM command b WHERE b.effect_id = :effect::bigint)
), open AS (
    SELECT count(*) AS number
    FROM wanted w JOIN command o ON o.gateway_id = w.gateway_id
    WHERE o.state IN ('queued', 'sent', 'received') AND o.expires_at > now()
), oldest AS (
    SELECT o.id
    FROM wanted w JOIN command o ON o.gateway_id = w.gateway_id AND o.device_id = w.id AND o.location_id = w.location_id
    WHERE (SELECT number FROM open) >= :most::integer
      AND o.state IN ('queued', 'sent', 'received') AND o.expires_at > now() AND o.type = :type::integer
      AND (jsonb_array_length(o.parameters) = 0) = (jsonb_array_length(:parameters::jsonb) = 0)
      AND NOT EXISTS (
          SELECT FROM jsonb_array_elements(o.parameters) was
          WHERE NOT EXISTS (
              SELECT FROM jsonb_array_elements(:parameters::jsonb) anew
              WHERE anew.value->>'name' = was.value->>'name'
                AND COALESCE(anew.value->>'index', '') = COALESCE(was.value->>'index', '')))
    ORDER BY o.id LIMIT 1 FOR UPDATE OF o SKIP LOCKED
), superseded AS (
    UPDATE command c SET state = 'superseded', finished_at = now() FROM oldest WHERE c.id = oldest.id RETURNING c.id
), made AS (
    INSERT INTO command (deployment_id, location_id, device_id, gateway_id, type, parameters, comment, requested_by, expires_at,
                         alert_id, effect_id)
    SELECT w.deployment_id, w.location_id, w.id, w.gateway_id, :type::integer, :parameters::jsonb, :comment::text,
           :requested_by::text, now() + make_interval(secs => :expires_ms::double precision / 1000), :alert::bigint,
           :effect::bigint
    FROM wanted w
    WHERE (SELECT number FROM open) < :most::integer OR EXISTS (SELECT FROM superseded)
    ON CONFLICT (effect_id) DO NOTHING
    RETURNING id
)
SELECT (SELECT id FROM made) AS id, (SELECT id FROM superseded) AS superseded,
       EXISTS (SELECT FROM wanted) AND NOT EXISTS (SELECT FROM made) AS is_full
