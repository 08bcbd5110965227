-- Open alerts with a repeat are shown to their recipients as new again; what is acknowledged waits until it is open again, what
-- has ended is not looked at any more.
WITH due AS (
    UPDATE alert_recipient r
    SET delivered_at = CASE WHEN a.state = 'open' THEN NULL ELSE r.delivered_at END,
        remind_at = CASE WHEN a.state = 'acknowledged' THEN now() + interval '30 seconds' END
    FROM alert a
    WHERE a.id = r.alert_id AND r.remind_at < now()
    RETURNING a.id, a.deployment_id, a.location_id, a.state
)
SELECT DISTINCT id, deployment_id, location_id FROM due WHERE state = 'open'
