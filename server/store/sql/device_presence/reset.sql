-- What a node left behind as connected when it ended without a word; told so that the log hears of it.
WITH gone AS (
    UPDATE device_presence SET connected = false, since = now() WHERE node = :node AND connected RETURNING device_id
)
SELECT d.id AS device_id, d.location_id, l.clock = 'events' AS events_clock
FROM gone JOIN device d ON d.id = gone.device_id JOIN location l ON l.id = d.location_id
