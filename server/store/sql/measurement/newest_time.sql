-- What the clock of a home shows that goes by its data: the newest time of a measurement (not of a fact).
SELECT max(newest.time) AS time FROM stream s
CROSS JOIN LATERAL (SELECT m.time FROM measurement m WHERE m.stream_id = s.id ORDER BY m.time DESC LIMIT 1) newest
WHERE s.location_id = :location AND s.script_id IS NULL
