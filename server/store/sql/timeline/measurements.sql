-- Measurements for a home's timeline, newest first: only of streams that report changes (these names).
SELECT m.time, 'measurement' AS kind,
       d.key || ' ' || s.name || ' = ' || COALESCE(m.text, m.exact::text, m.number::text) || CASE WHEN s.unit = '' THEN '' ELSE ' ' || s.unit END
           AS text,
       'stream:' || s.id AS object
FROM stream s
JOIN device d ON d.id = s.device_id
CROSS JOIN LATERAL (SELECT x.time, x.number, x.text, x.exact FROM measurement x
                    WHERE x.stream_id = s.id AND x.time >= :from::timestamptz AND x.time <= :to::timestamptz
                      AND (x.number IS NOT NULL OR x.text IS NOT NULL)
                    ORDER BY x.time DESC LIMIT :count::integer) m
WHERE s.location_id = :location::bigint AND s.script_id IS NULL AND s.name = ANY(string_to_array(:names::text, ','))
ORDER BY m.time DESC LIMIT :count::integer
