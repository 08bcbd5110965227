-- Ends the open alerts of one cause of a script in a home.
UPDATE alert SET state = 'resolved', state_by = :by, state_at = now(), snoozed_until = NULL
WHERE location_id = :location AND source = 'script' AND script_id = :script AND key = :key
  AND state IN ('open', 'acknowledged')
RETURNING id
