-- Takes a script off one home's own row, or off all homes where :location is NULL; of one mode, or of both.
DELETE FROM script_deployment d
WHERE d.script_id = :script AND (:mode::text IS NULL OR d.mode = :mode::text)
  AND (:location::bigint IS NULL OR (d.location_id = :location::bigint AND NOT d.taken_off))
