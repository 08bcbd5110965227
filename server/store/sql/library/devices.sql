-- What the devices of some homes are used for and measure; `stream` is empty for one that has sent nothing.
SELECT DISTINCT d.location_id, d.use, d.type, COALESCE(s.name, '') AS stream
FROM device d LEFT JOIN stream s ON s.device_id = d.id
WHERE d.location_id = ANY(:homes::bigint[]) AND d.retired_at IS NULL
