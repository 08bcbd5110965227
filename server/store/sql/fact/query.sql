-- Facts of a home, newest first; of one name where given (as scripts write it, without the prefix).
SELECT substr(s.name, 5) AS name, s.device_id AS device, COALESCE(d.key, '') AS device_key, m.number, m.text, m.exact, m.time,
       s.id AS stream, s.script_id AS script, COALESCE(p.name, '') AS script_name
FROM stream s
JOIN measurement m ON m.stream_id = s.id
LEFT JOIN device d ON d.id = s.device_id
LEFT JOIN script p ON p.id = s.script_id
WHERE s.location_id = :location AND s.name LIKE 'syn.%' AND (:name::text = '' OR s.name = 'syn.' || :name::text)
  AND m.time >= :from AND m.time <= :to
ORDER BY m.time DESC, m.batch DESC, m.ordinal DESC LIMIT :count::integer
