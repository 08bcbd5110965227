-- Counts the devices of these homes. Lost: had a connection, has none for :lost_after_s, and nothing has come since; silent:
-- no data though its connection is not lost, for :forgotten_after_days at most; of homes that live by their data's clock none.
WITH life AS (
    SELECT d.id, d.location_id, l.connected, l.reporting, l.newest, l.lost_at, d.gateway_id,
           CASE WHEN d.description <> '' THEN d.description ELSE d.key END AS label,
           l.lost_at IS NOT NULL AND COALESCE(GREATEST(l.newest, l.heard_at), l.lost_at) < l.lost_at + interval '1 minute' AS apart,
           l.lost_at + make_interval(secs => :lost_after_s::integer) AS lost_due,
           LEAST(l.due_at, CASE WHEN l.lost_at > now() - make_interval(secs => :lost_after_s::integer)
                                THEN l.lost_at + make_interval(secs => :lost_after_s::integer)
                                WHEN l.lost_at IS NOT NULL THEN now() + interval '1 minute' END) AS due_at
    FROM device d CROSS JOIN LATERAL (SELECT * FROM device_life v WHERE v.device_id = d.id OFFSET 0) l
    WHERE d.location_id = ANY(:locations::bigint[]) AND d.retired_at IS NULL
), judged AS (
    SELECT v.*, v.apart AND v.lost_due <= now() AS lost,
           v.reporting = 'silent' AND NOT v.apart
               AND v.newest > now() - make_interval(days => :forgotten_after_days::integer) AS silent,
           CASE WHEN EXISTS (SELECT 1 FROM life g WHERE g.id = v.gateway_id AND g.apart) THEN v.gateway_id ELSE v.id END AS cause
    FROM life v
)
INSERT INTO home_state (location_id, deployment_id, devices, connected, reporting, lost, lost_device, lost_names, lost_since,
                        silent, silent_device, silent_names, silent_since, due_at)
SELECT l.id, l.deployment_id, count(j.id), count(j.id) FILTER (WHERE j.connected),
       count(j.id) FILTER (WHERE j.reporting = 'reporting'),
       count(j.id) FILTER (WHERE j.lost),
       CASE WHEN count(DISTINCT j.cause) FILTER (WHERE j.lost) = 1 THEN max(j.cause) FILTER (WHERE j.lost) END,
       COALESCE(array_to_string((array_agg(j.label ORDER BY j.id) FILTER (WHERE j.lost AND j.cause = j.id))[1: 3], ', '), ''),
       min(j.lost_at) FILTER (WHERE j.lost),
       count(j.id) FILTER (WHERE j.silent),
       CASE WHEN count(j.id) FILTER (WHERE j.silent) = 1 THEN max(j.id) FILTER (WHERE j.silent) END,
       COALESCE(array_to_string((array_agg(j.label ORDER BY j.id) FILTER (WHERE j.silent))[1: 3], ', '), ''),
       min(j.newest) FILTER (WHERE j.silent),
       min(j.due_at)
FROM location l LEFT JOIN judged j ON j.location_id = l.id
WHERE l.id = ANY(:locations::bigint[])
GROUP BY l.id
ORDER BY l.id
ON CONFLICT (location_id) DO UPDATE SET deployment_id = excluded.deployment_id, devices = excluded.devices,
    connected = excluded.connected, reporting = excluded.reporting, lost = excluded.lost, lost_device = excluded.lost_device,
    lost_names = excluded.lost_names, lost_since = excluded.lost_since, silent = excluded.silent,
    silent_device = excluded.silent_device, silent_names = excluded.silent_names, silent_since = excluded.silent_since,
    due_at = excluded.due_at
