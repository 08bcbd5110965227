-- The effects of some runs (:runs: a JSON array of ids), in the order in which they were asked for.
SELECT id, run_id, script_id, location_id, mode, kind, at, payload, refused
FROM effect WHERE run_id IN (SELECT value::bigint FROM jsonb_array_elements_text(:runs::jsonb))
ORDER BY id
