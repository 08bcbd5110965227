-- Devices with their state and the latest value of each stream, in the order of their ids.
SELECT d.id, jsonb_build_object('id', d.id, 'key', d.key, 'deployment', d.deployment_id, 'location', d.location_id, 'locationName', l.name,
           'type', d.type, 'use', d.use,
           'room', CASE WHEN r.id IS NULL THEN NULL ELSE jsonb_build_object('id', r.id, 'kind', r.kind, 'name', r.name) END,
           'description', d.description, 'gateway', d.gateway_id, 'gatewayKey', COALESCE(g.key, ''),
           'startDate', iso(d.start_date), 'tokenless', d.tokenless, 'retired', d.retired_at IS NOT NULL,
           'connected', c.connected, 'since', iso(c.since), 'reporting', q.reporting, 'lastMeasurement', iso(m.newest),
           'streams', COALESCE((SELECT jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'index', s.index_text, 'unit', s.unit,
                   'latest', (SELECT jsonb_build_object('value', COALESCE(to_jsonb(x.number), to_jsonb(x.text)), 'time', iso(x.time))
                              FROM measurement x WHERE x.stream_id = s.id ORDER BY x.time DESC, x.batch DESC, x.ordinal DESC LIMIT 1))
               ORDER BY s.name, s.index_text) FROM stream s WHERE s.device_id = d.id AND s.script_id IS NULL), '[]')) AS item
FROM device d
JOIN location l ON l.id = d.location_id
JOIN device_connection c ON c.device_id = d.id
LEFT JOIN room r ON r.id = d.room_id
LEFT JOIN device g ON g.id = d.gateway_id
CROSS JOIN LATERAL (SELECT max(n.time) AS newest FROM stream s CROSS JOIN LATERAL
                        (SELECT x.time FROM measurement x WHERE x.stream_id = s.id ORDER BY x.time DESC LIMIT 1) n
                    WHERE s.device_id = d.id) m
CROSS JOIN LATERAL (SELECT CASE WHEN m.newest IS NULL THEN 'never'
                                WHEN l.clock = 'events' OR m.newest > now() - interval '1 hour' THEN 'reporting'
                                ELSE 'silent' END AS reporting) q
WHERE (:scope::bigint[] IS NULL OR d.deployment_id = ANY(:scope::bigint[]))
  AND (:id::bigint IS NULL OR d.id = :id::bigint)
  AND (:location::bigint IS NULL OR d.location_id = :location::bigint)
  AND d.id > COALESCE(:after::bigint, 0)
  AND (:search::text IS NULL OR position(lower(:search::text) IN lower(d.key || ' ' || d.description || ' ' || d.use)) > 0)
  AND CASE COALESCE(:state::text, '') WHEN '' THEN d.retired_at IS NULL OR :id::bigint IS NOT NULL
          WHEN 'retired' THEN d.retired_at IS NOT NULL
          WHEN 'connected' THEN d.retired_at IS NULL AND c.connected WHEN 'disconnected' THEN d.retired_at IS NULL AND NOT c.connected
          ELSE d.retired_at IS NULL AND q.reporting = :state::text END
ORDER BY d.id
LIMIT :count::integer
