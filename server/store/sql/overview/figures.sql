-- The figures of the overview, from what is counted as it happens; `scope` NULL: all deployments.
WITH scope AS MATERIALIZED (
    SELECT COALESCE(:scope::bigint[], ARRAY(SELECT id FROM deployment)) AS ids
), open AS (
    SELECT count(*) AS alerts, count(*) FILTER (WHERE a.severity = 'urgent') AS urgent
    FROM alert a WHERE a.state IN ('open', 'acknowledged') AND a.deployment_id = ANY((SELECT ids FROM scope)::bigint[])
)
SELECT (SELECT count(*) FROM deployment d WHERE d.id = ANY((SELECT ids FROM scope)::bigint[])) AS deployments,
       s.participants, s.devices, s.devices_connected, s.devices_reporting, o.alerts AS open_alerts, o.urgent AS urgent_alerts,
       (SELECT count(*) FROM message m WHERE m.direction = 'from-participant' AND m.read_at IS NULL
          AND m.deployment_id = ANY((SELECT ids FROM scope)::bigint[])) AS unread_messages,
       (SELECT count(*) FROM script p WHERE p.retired_at IS NULL AND p.deployment_id = ANY((SELECT ids FROM scope)::bigint[])
          AND EXISTS (SELECT 1 FROM script_deployment x
                      WHERE x.script_id = p.id AND x.mode = 'live' AND NOT x.paused AND NOT x.taken_off)
          AND (EXISTS (SELECT 1 FROM script_instance i WHERE i.script_id = p.id AND i.mode = 'live' AND i.status <> 'paused-by-errors')
               OR NOT EXISTS (SELECT 1 FROM script_instance i WHERE i.script_id = p.id AND i.mode = 'live'))) AS scripts_running
FROM open o
CROSS JOIN (SELECT COALESCE(sum(participants), 0) AS participants, COALESCE(sum(devices), 0) AS devices,
                   COALESCE(sum(connected), 0) AS devices_connected, COALESCE(sum(reporting), 0) AS devices_reporting
            FROM deployment_state WHERE deployment_id = ANY((SELECT ids FROM scope)::bigint[])) s
