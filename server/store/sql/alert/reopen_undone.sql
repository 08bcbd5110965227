-- Alerts whose action was taken a while ago: where its command was carried out nothing is waited for any more; where it was not
-- (the newest of any device that was to do something), they want attention again, and telling people goes on with what was left.
WITH tried AS (
    SELECT a.id, a.state = 'acknowledged' AND COALESCE(
               (SELECT bool_or(n.state <> 'executed') FROM (
                    SELECT DISTINCT ON (c.device_id) c.state FROM command c WHERE c.alert_id = a.id
                    ORDER BY c.device_id, c.id DESC) n), true) AS is_undone
    FROM alert a WHERE a.waits_until <= now()
    FOR UPDATE SKIP LOCKED
), changed AS (
    UPDATE alert a
    SET waits_until = NULL, state = CASE WHEN tried.is_undone THEN 'open' ELSE a.state END,
        snoozed_until = CASE WHEN tried.is_undone THEN NULL ELSE a.snoozed_until END,
        state_by = CASE WHEN tried.is_undone THEN '' ELSE a.state_by END,
        state_at = CASE WHEN tried.is_undone THEN now() ELSE a.state_at END
    FROM tried WHERE a.id = tried.id
    RETURNING a.id, a.deployment_id, a.location_id, tried.is_undone
), told_on AS (
    UPDATE alert_recipient r SET due_at = now() + make_interval(secs => r.left_ms / 1000.0), left_ms = NULL
    FROM changed WHERE r.alert_id = changed.id AND changed.is_undone AND r.due_at IS NULL
)
SELECT id, deployment_id, location_id FROM changed WHERE is_undone
