-- Alerts that were raised, of which a device said more, or that became due for somebody, since :since; hints for pages, so
-- twice does no harm.
SELECT a.id, a.deployment_id, a.location_id, now() AS now FROM alert a
WHERE a.state IN ('open', 'acknowledged') AND a.created_at > :since
UNION
SELECT a.id, a.deployment_id, a.location_id, now() AS now FROM alert a
WHERE a.state = 'open' AND a.source = 'device' AND a.state_at > :since
UNION
SELECT a.id, a.deployment_id, a.location_id, now() AS now
FROM alert_recipient r JOIN alert a ON a.id = r.alert_id
WHERE r.due_at > :since AND r.due_at <= now() AND a.state IN ('open', 'acknowledged')
