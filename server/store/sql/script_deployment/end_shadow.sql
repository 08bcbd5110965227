-- A shadow ends where its script goes live: in one home, or in all where :location is NULL.
DELETE FROM script_deployment
WHERE script_id = :script AND mode = 'shadow'
  AND (:location::bigint IS NULL OR (location_id = :location::bigint AND NOT taken_off))
