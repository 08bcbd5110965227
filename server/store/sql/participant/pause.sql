-- A participation rests or goes on, of who has enrolled and not ended it.
UPDATE participant SET status = CASE WHEN :rests::boolean THEN 'paused' ELSE 'active' END
WHERE id = :participant::bigint AND status IN ('active', 'paused')
