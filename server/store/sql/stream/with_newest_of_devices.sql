-- All streams of some devices, each with the time of its newest measurement; :devices is an array.
SELECT s.id, s.device_id, s.location_id, s.name, s.index_text, s.unit, s.kind,
       (SELECT m.time FROM measurement m WHERE m.stream_id = s.id ORDER BY m.time DESC LIMIT 1) AS newest
FROM stream s
WHERE s.device_id = ANY(:devices::bigint[])
