-- How many alerts one script (or source) raised in this home within :window_s before :at, by the home's clock: of this key, and
-- in all (but what the server itself says of the script, by keys of its own); and how many it may.
SELECT count(*) FILTER (WHERE a.key = :key AND a.source = :source) AS of_key,
       count(*) FILTER (WHERE a.key NOT IN ('held-back', 'script-paused')) AS of_script,
       (SELECT d.alerts_per_hour FROM deployment d WHERE d.id = :deployment) AS most
FROM alert a
WHERE a.location_id = :location AND a.script_id IS NOT DISTINCT FROM :script::bigint
  AND a.at > :at::timestamptz - make_interval(secs => :window_s::integer) AND a.at <= :at::timestamptz
