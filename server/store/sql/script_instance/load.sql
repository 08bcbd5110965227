-- One instance.
SELECT i.version_id, i.status, i.status_detail, i.errors_in_row, i.kills_in_row, i.state, i.engine
FROM script_instance i WHERE i.script_id = :script AND i.location_id = :location AND i.mode = :mode
