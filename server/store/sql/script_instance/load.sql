-- One instance with its timers.
SELECT i.version_id, i.status, i.status_detail, i.errors_in_row, i.kills_in_row, i.state, i.engine,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('name', t.name, 'due', extract(epoch FROM t.due) * 1000,
                                                     'data', t.data) ORDER BY t.due, t.name), '[]')
        FROM script_timer t
        WHERE t.script_id = i.script_id AND t.location_id = i.location_id AND t.mode = i.mode) AS timers
FROM script_instance i WHERE i.script_id = :script AND i.location_id = :location AND i.mode = :mode
