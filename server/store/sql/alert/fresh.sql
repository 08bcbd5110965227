-- Alerts that were raised, or became due for somebody, since :since; hints for pages, so twice does no harm.
SELECT a.id, a.deployment_id, a.location_id, now() AS now FROM alert a
WHERE a.state IN ('open', 'acknowledged')
  AND (a.created_at > :since OR EXISTS (
      SELECT 1 FROM alert_recipient r WHERE r.alert_id = a.id AND r.due_at > :since AND r.due_at <= now()))
