-- How many alerts of this key one source raised in this home within the last :window_s.
SELECT count(*) AS count FROM alert
WHERE location_id = :location AND source = :source AND key = :key AND script_id IS NOT DISTINCT FROM :script::bigint
  AND created_at > now() - make_interval(secs => :window_s::integer)
