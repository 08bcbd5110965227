-- The same judgement with one look a stream at what is expected instead of two, and one a statement at the longest interval
-- instead of one a device: it is asked for each home that is counted again.
CREATE OR REPLACE VIEW device_life AS
    SELECT d.id AS device_id, d.deployment_id, d.location_id, c.connected, c.since, c.lost_at, f.newest,
           GREATEST(h.at, g.at) AS heard_at, r.reporting,
           CASE r.reporting
               WHEN 'reporting' THEN LEAST(f.due_at, CASE WHEN f.on_change AND NOT c.connected THEN e.heard + e.quiet END)
               WHEN 'silent' THEN now() + interval '30 seconds'
               ELSE CASE WHEN f.made_at > now() - interval '5 minutes' THEN now() + interval '15 seconds' END END AS due_at
    FROM device d
    JOIN location l ON l.id = d.location_id
    JOIN device_connection c ON c.device_id = d.id
    LEFT JOIN device_heard h ON h.device_id = d.id
    LEFT JOIN device_heard g ON g.device_id = d.gateway_id
    CROSS JOIN LATERAL (
        SELECT max(x.time) AS newest, max(s.created_at) AS made_at,
               COALESCE(bool_or(w.judged_for IS NOT NULL AND x.time IS NOT NULL AND v.time IS NULL), false) AS overdue,
               COALESCE(bool_or(w.judged_for IS NULL AND x.time IS NOT NULL), false) AS on_change,
               min(v.time + w.judged_for) AS due_at
        FROM stream s
        LEFT JOIN LATERAL (SELECT CASE WHEN n.interval_s <= 0 THEN NULL
                                       WHEN n.type = d.type THEN GREATEST(n.interval_s * 3, 300) * interval '1 second'
                                       ELSE GREATEST(n.interval_s * 3 * interval '1 second', (SELECT make_interval(secs => max(q.interval_s)) FROM expected_report q WHERE q.type = -1 AND q.name = '')) END AS judged_for
                           FROM expected_report n
                           WHERE n.name = s.name AND n.type IN (d.type, -1)
                           ORDER BY n.type = d.type DESC LIMIT 1) w ON true
        LEFT JOIN LATERAL (SELECT m.time FROM measurement m WHERE m.stream_id = s.id ORDER BY m.time DESC LIMIT 1) x ON true
        LEFT JOIN LATERAL (SELECT m.time FROM measurement m
                           WHERE m.stream_id = s.id AND m.time > now() - w.judged_for
                             AND (m.number IS NOT NULL OR m.text IS NOT NULL)
                           ORDER BY m.time DESC LIMIT 1) v ON x.time > now() - w.judged_for
        WHERE s.device_id = d.id AND s.location_id = d.location_id AND s.script_id IS NULL) f
    CROSS JOIN LATERAL (SELECT GREATEST(h.at, g.at, c.lost_at, f.newest) AS heard,
                               (SELECT make_interval(secs => max(interval_s)) FROM expected_report WHERE type = -1 AND name = '') AS quiet
                        OFFSET 0) e
    CROSS JOIN LATERAL (SELECT CASE
        WHEN f.newest IS NULL THEN CASE WHEN (c.connected OR e.heard > now() - e.quiet)
                                             AND EXISTS (SELECT 1 FROM expected_report n WHERE n.type = d.type AND n.name = '')
                                        THEN 'reporting' ELSE 'never' END
        WHEN l.clock = 'events' THEN 'reporting'
        WHEN f.overdue OR (f.on_change AND NOT c.connected AND e.heard <= now() - e.quiet) THEN 'silent'
        ELSE 'reporting' END AS reporting) r;
