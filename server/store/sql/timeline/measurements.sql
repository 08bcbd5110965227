-- Measurements for a home's timeline, newest first: only of streams that report changes (these names).
SELECT jsonb_build_object('time', iso(m.time), 'kind', 'measurement', 'object', 'stream:' || s.id,
           'text', d.key || ' ' || s.name || ' = ' || COALESCE(m.text, m.number::text) || CASE WHEN s.unit = '' THEN '' ELSE ' ' || s.unit END,
           'detail', jsonb_build_object('device', d.id, 'deviceKey', d.key, 'use', d.use, 'name', s.name, 'index', s.index_text,
                                        'value', COALESCE(to_jsonb(m.number), to_jsonb(m.text)))) AS item, m.time
FROM stream s
JOIN device d ON d.id = s.device_id
CROSS JOIN LATERAL (SELECT x.time, x.number, x.text FROM measurement x
                    WHERE x.stream_id = s.id AND x.time >= :from::timestamptz AND x.time <= :to::timestamptz
                    ORDER BY x.time DESC LIMIT :count::integer) m
WHERE s.location_id = :location::bigint AND s.script_id IS NULL AND s.name = ANY(string_to_array(:names::text, ','))
ORDER BY m.time DESC LIMIT :count::integer
