-- Open alerts with a repeat are shown to their recipients as new again.
WITH due AS (
    UPDATE alert_recipient r SET delivered_at = NULL
    FROM alert a
    WHERE a.id = r.alert_id AND a.state = 'open' AND a.repeat_ms > 0
      AND r.delivered_at < now() - make_interval(secs => a.repeat_ms::double precision / 1000)
    RETURNING a.id, a.deployment_id, a.location_id
)
SELECT DISTINCT id, deployment_id, location_id FROM due
