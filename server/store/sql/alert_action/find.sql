-- One action of an alert, with the command of it that is still under way; and whether it is what was done about it last, and that
-- stands.
SELECT x.id, x.device_id, x.parameters::text AS parameters, a.deployment_id, a.location_id,
       (SELECT max(c.id) FROM command c
        WHERE c.alert_id = a.id AND c.device_id = x.device_id AND c.parameters = x.parameters
          AND c.state IN ('queued', 'sent', 'received')) AS open_command,
       a.state = 'acknowledged' AND COALESCE(
           (SELECT w.action_id FROM alert_answer w WHERE w.alert_id = a.id AND w.answer = 'act' ORDER BY w.id DESC LIMIT 1) = x.id,
           false) AS stands
FROM alert_action x JOIN alert a ON a.id = x.alert_id
WHERE x.id = :action AND x.alert_id = :alert
