-- What devices measured in a home that are no longer there, moved or out of use, by device and name, each with its newest value.
SELECT s.id, s.name, s.index_text AS index, s.unit, s.kind, s.device_id AS device, d.key AS device_key, d.type AS device_type,
       d.description AS device_description, x.number AS latest_number, x.text AS latest_text, x.exact AS latest_exact,
       x.time AS latest_time
FROM stream s
JOIN device d ON d.id = s.device_id
JOIN LATERAL (SELECT m.time, m.number, m.text, m.exact FROM measurement m WHERE m.stream_id = s.id
              ORDER BY m.time DESC, m.batch DESC, m.ordinal DESC LIMIT 1) x ON true
WHERE s.location_id = :location::bigint AND s.name NOT LIKE 'syn.%'
  AND (d.location_id <> s.location_id OR d.retired_at IS NOT NULL)
ORDER BY s.device_id, s.name, s.index_text, s.id
LIMIT :count::integer
