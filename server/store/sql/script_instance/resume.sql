-- After a pause by errors: the instance starts again at the present, with the state it had.
UPDATE script_instance SET status = 'resuming', status_detail = '', errors_in_row = 0, kills_in_row = 0
WHERE script_id = :script AND status = 'paused-by-errors'
  AND (:location::bigint IS NULL OR location_id = :location::bigint)
