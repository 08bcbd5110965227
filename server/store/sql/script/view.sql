-- Scripts by name, behind the one :after, or the one :script; the figures are of the last :hours.
SELECT s.id, s.deployment_id AS deployment, s.name, coalesce(s.library_name, '') AS library_name,
       coalesce(v.newest, 0) AS version, coalesce(d.live_version, 0) AS live_version,
       CASE WHEN i.homes_with_errors > 0 THEN 'errors'
            WHEN d.live_running THEN 'live'
            WHEN d.shadow_running THEN 'shadow'
            WHEN d.deployed THEN 'paused'
            ELSE 'draft' END AS status,
       coalesce(i.homes, 0) AS homes, coalesce(i.homes_with_errors, 0) AS homes_with_errors,
       coalesce(r.runs, 0) AS runs24h, coalesce(r.errors, 0) AS errors24h, coalesce(r.effects, 0) AS effects24h,
       coalesce(r.cpu_us, 0) / 1000.0::float8 AS cpu_ms24h, greatest(r.last_run, last.recorded_at) AS last_run,
       coalesce(failed.error, '') AS last_error
FROM script s
LEFT JOIN LATERAL (SELECT max(number) AS newest FROM script_version WHERE script_id = s.id) v ON true
LEFT JOIN LATERAL (
    SELECT max(version.number) FILTER (WHERE mode = 'live') AS live_version,
           coalesce(bool_or(mode = 'live' AND NOT paused), false) AS live_running,
           coalesce(bool_or(mode = 'shadow' AND NOT paused), false) AS shadow_running, count(*) > 0 AS deployed
    FROM script_deployment JOIN script_version version ON version.id = version_id
    WHERE script_deployment.script_id = s.id AND NOT taken_off) d ON true
LEFT JOIN LATERAL (
    SELECT count(DISTINCT location_id) AS homes,
           count(DISTINCT location_id) FILTER (WHERE status = 'paused-by-errors') AS homes_with_errors
    FROM script_instance WHERE script_id = s.id) i ON true
LEFT JOIN LATERAL (
    SELECT sum(runs)::bigint AS runs, sum(errors)::bigint AS errors, sum(effects)::bigint AS effects,
           sum(cpu_us)::bigint AS cpu_us, max(last_run) AS last_run
    FROM script_usage WHERE script_id = s.id AND at > now() - make_interval(hours => :hours::integer)) r ON true
LEFT JOIN LATERAL (
    SELECT recorded_at FROM script_run WHERE script_id = s.id ORDER BY id DESC LIMIT 1) last ON true
LEFT JOIN LATERAL (
    SELECT error, recorded_at FROM script_run WHERE script_id = s.id AND status <> 'ok' ORDER BY id DESC LIMIT 1) failed
    ON failed.recorded_at > now() - make_interval(hours => :hours::integer)
WHERE (:deployment::bigint IS NULL OR s.deployment_id = :deployment::bigint)
  AND (:script::bigint IS NULL OR s.id = :script::bigint) AND s.retired_at IS NULL
  AND (:after::bigint IS NULL OR (s.name, s.id) > (SELECT a.name, a.id FROM script a WHERE a.id = :after::bigint))
ORDER BY s.name, s.id
LIMIT :count::integer
