-- Facts of a home, newest first, those of one moment in the log's order; of one name where given (as scripts write it, without the
-- prefix).
SELECT substr(f.name, 5) AS name, f.device_id AS device, COALESCE(d.key, '') AS device_key, f.number, f.text, f.exact, f.time,
       f.stream, f.script_id AS script, COALESCE(p.name, '') AS script_name
FROM (SELECT s.name, s.device_id, s.id AS stream, s.script_id, m.number, m.text, m.exact, m.time, m.batch, m.ordinal
      FROM stream s CROSS JOIN LATERAL
          (SELECT x.number, x.text, x.exact, x.time, x.batch, x.ordinal FROM measurement x
           WHERE x.stream_id = s.id AND x.time >= :from::timestamptz AND x.time <= :to::timestamptz
           ORDER BY x.time DESC, x.batch DESC, x.ordinal DESC LIMIT :count::integer) m
      WHERE s.location_id = :location AND s.name LIKE 'syn.%' AND (:name::text = '' OR s.name = 'syn.' || :name::text)
      ORDER BY m.time DESC, m.batch DESC, m.ordinal DESC LIMIT :count::integer) f
LEFT JOIN device d ON d.id = f.device_id
LEFT JOIN script p ON p.id = f.script_id
ORDER BY f.time DESC, f.batch DESC, f.ordinal DESC
