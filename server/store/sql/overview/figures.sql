-- The figures of the overview; `scope` NULL: all deployments.
SELECT (SELECT count(*) FROM deployment d WHERE :scope::bigint[] IS NULL OR d.id = ANY(:scope::bigint[])) AS deployments,
       (SELECT count(*) FROM participant p WHERE :scope::bigint[] IS NULL OR p.deployment_id = ANY(:scope::bigint[])) AS participants,
       v.devices, v.connected AS devices_connected, v.reporting AS devices_reporting,
       (SELECT count(*) FROM alert a WHERE a.state IN ('open', 'acknowledged')
          AND (:scope::bigint[] IS NULL OR a.deployment_id = ANY(:scope::bigint[]))) AS open_alerts,
       (SELECT count(*) FROM alert a WHERE a.state IN ('open', 'acknowledged') AND a.severity = 'urgent'
          AND (:scope::bigint[] IS NULL OR a.deployment_id = ANY(:scope::bigint[]))) AS urgent_alerts,
       (SELECT count(DISTINCT s.id) FROM script s JOIN script_deployment x ON x.script_id = s.id
        WHERE s.retired_at IS NULL AND NOT x.paused AND NOT x.taken_off AND (:scope::bigint[] IS NULL OR s.deployment_id = ANY(:scope::bigint[]))) AS scripts_running
FROM (SELECT count(*) AS devices, count(*) FILTER (WHERE c.connected) AS connected,
             count(*) FILTER (WHERE EXISTS (SELECT 1 FROM stream s JOIN measurement m ON m.stream_id = s.id
                 WHERE s.device_id = d.id AND (m.time > now() - make_interval(secs => :silent_after_s::integer) OR l.clock = 'events'))) AS reporting
      FROM device d JOIN device_connection c ON c.device_id = d.id JOIN location l ON l.id = d.location_id
      WHERE d.retired_at IS NULL AND (:scope::bigint[] IS NULL OR d.deployment_id = ANY(:scope::bigint[]))) v
