-- What a script kept where it is not set to run any more, with its timers; of one script, or of all in one home.
WITH gone AS (
    DELETE FROM script_instance i
    WHERE (:script::bigint IS NULL OR i.script_id = :script::bigint)
      AND (:location::bigint IS NULL OR i.location_id = :location::bigint)
      AND NOT script_is_placed(i.script_id, i.location_id, i.mode)
    RETURNING i.script_id, i.location_id, i.mode
)
DELETE FROM script_timer t USING gone g
WHERE t.script_id = g.script_id AND t.location_id = g.location_id AND t.mode = g.mode
