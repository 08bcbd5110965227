-- Devices with their state, in the order of their ids. Those that may be wanted stand in that order before anything else of them is
-- looked up, one after the other and only until the page is full: the connection where it is asked for, then the data.
WITH wanted AS MATERIALIZED (
    SELECT d.*
    FROM (SELECT * FROM device o WHERE o.location_id = :location::bigint AND (:id::bigint IS NULL OR o.id = :id::bigint)
          UNION ALL SELECT * FROM device o WHERE o.id = :id::bigint AND :location::bigint IS NULL
          UNION ALL SELECT * FROM device o WHERE :id::bigint IS NULL AND :location::bigint IS NULL) d
    WHERE (:scope::bigint[] IS NULL OR d.deployment_id = ANY(:scope::bigint[]))
      AND d.id > COALESCE(:after::bigint, 0)
      AND (:search::text IS NULL OR position(lower(:search::text) IN lower(d.key || ' ' || d.description || ' ' || d.use)) > 0)
      AND CASE COALESCE(:state::text, '') WHEN '' THEN d.retired_at IS NULL OR :id::bigint IS NOT NULL
              WHEN 'retired' THEN d.retired_at IS NOT NULL
              ELSE d.retired_at IS NULL END
    ORDER BY d.id
    LIMIT CASE WHEN COALESCE(:state::text, '') IN ('', 'retired') THEN :count::bigint END
), page AS MATERIALIZED (
    SELECT d.*, c.connected, c.since, c.reporting, c.newest
    FROM (SELECT w.* FROM (SELECT * FROM wanted ORDER BY id OFFSET 0) w
          WHERE CASE WHEN :state::text IN ('connected', 'disconnected')
                     THEN (SELECT x.connected FROM device_connection x WHERE x.device_id = w.id) = (:state::text = 'connected')
                     ELSE true END) d
    CROSS JOIN LATERAL (SELECT * FROM device_life v WHERE v.device_id = d.id OFFSET 0) c -- device by device, by its indexes
    WHERE CASE WHEN :state::text IN ('never', 'reporting', 'silent') THEN c.reporting = :state::text ELSE true END
    ORDER BY d.id
    LIMIT :count::integer
)
SELECT d.id, d.key, d.type, d.use, d.description, d.tokenless, d.deployment_id AS deployment, d.location_id AS location,
       l.name AS location_name, r.id AS room_id, r.kind AS room_kind, r.name AS room_name, d.gateway_id AS gateway,
       COALESCE(g.key, '') AS gateway_key, d.connected, d.since, d.reporting, d.newest AS last_measurement, d.start_date,
       d.retired_at IS NOT NULL AS retired
FROM page d
JOIN location l ON l.id = d.location_id
LEFT JOIN room r ON r.id = d.room_id
LEFT JOIN device g ON g.id = d.gateway_id
ORDER BY d.id
