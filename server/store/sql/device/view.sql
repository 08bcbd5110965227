-- Devices with their state, in the order of their ids: the page's devices first. Where their state must be known to choose, they
-- are judged one after the other until there are enough, in homes where what was counted says that there may be some.
WITH wanted AS NOT MATERIALIZED (
    SELECT d.*
    FROM (SELECT * FROM device o WHERE o.location_id = :location::bigint AND (:id::bigint IS NULL OR o.id = :id::bigint)
          UNION ALL SELECT * FROM device o WHERE o.id = :id::bigint AND :location::bigint IS NULL
          UNION ALL SELECT * FROM device o WHERE :id::bigint IS NULL AND :location::bigint IS NULL) d
    WHERE (:scope::bigint[] IS NULL OR d.deployment_id = ANY(:scope::bigint[]))
      AND d.id > COALESCE(:after::bigint, 0)
      AND (:search::text IS NULL OR position(lower(:search::text) IN lower(d.key || ' ' || CASE WHEN :in_texts::boolean THEN d.description ELSE '' END || ' ' || d.use)) > 0)
      AND CASE COALESCE(:state::text, '') WHEN '' THEN d.retired_at IS NULL OR :id::bigint IS NOT NULL
              WHEN 'retired' THEN d.retired_at IS NOT NULL
              ELSE d.retired_at IS NULL END
), page AS MATERIALIZED (
    (SELECT d.* FROM wanted d WHERE COALESCE(:state::text, '') IN ('', 'retired') ORDER BY d.id LIMIT :count::integer)
    UNION ALL
    (SELECT d.*
     FROM (SELECT w.* FROM wanted w
           WHERE :state::text NOT IN ('', 'retired') AND NOT EXISTS (
               SELECT 1 FROM home_state h
               WHERE h.location_id = w.location_id AND (h.due_at IS NULL OR h.due_at > now())
                 AND CASE :state::text WHEN 'connected' THEN h.connected = 0 WHEN 'disconnected' THEN h.connected = h.devices
                         WHEN 'reporting' THEN h.reporting = 0 ELSE h.reporting = h.devices END
                 AND NOT EXISTS (SELECT 1 FROM count_touched t WHERE t.location_id = w.location_id))
           ORDER BY w.id) d
     CROSS JOIN LATERAL (SELECT v.connected, v.reporting FROM device_life v WHERE v.device_id = d.id OFFSET 0) c
     WHERE CASE :state::text WHEN 'connected' THEN c.connected WHEN 'disconnected' THEN NOT c.connected
               ELSE c.reporting = :state::text END
     LIMIT :count::integer)
)
SELECT d.id, d.key, d.type, d.use, d.description, d.tokenless, d.deployment_id AS deployment, d.location_id AS location,
       l.name AS location_name, r.id AS room_id, r.kind AS room_kind, r.name AS room_name, d.gateway_id AS gateway,
       COALESCE(g.key, '') AS gateway_key, c.connected AND d.retired_at IS NULL AS connected,
       COALESCE(d.retired_at, c.since) AS since, c.reporting, c.newest AS last_measurement, d.start_date,
       d.retired_at IS NOT NULL AS retired
FROM page d
JOIN location l ON l.id = d.location_id
CROSS JOIN LATERAL (SELECT * FROM device_life v WHERE v.device_id = d.id OFFSET 0) c -- device by device, by its indexes
LEFT JOIN room r ON r.id = d.room_id
LEFT JOIN device g ON g.id = d.gateway_id
ORDER BY d.id
LIMIT :count::integer
