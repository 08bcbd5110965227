-- Traces of a script, newest first, of one home where :location is given, before the run :before where given.
SELECT r.id, r.script_id AS script, v.number AS version, r.location_id AS location, l.name AS location_name, l.time_zone, r.mode,
       r.at, r.recorded_at, r.handler, r.trigger, r.status, r.because, r.error, r.log, r.cpu_us
FROM ((SELECT * FROM script_run a
       WHERE :location::bigint IS NULL AND a.script_id = :script AND a.id < COALESCE(:before::bigint, 9223372036854775807)
       ORDER BY a.id DESC LIMIT :count::integer)
      UNION ALL
      (SELECT * FROM script_run o
       WHERE o.script_id = :script AND o.location_id = :location::bigint AND o.id < COALESCE(:before::bigint, 9223372036854775807)
       ORDER BY o.id DESC LIMIT :count::integer)) r
JOIN script_version v ON v.id = r.version_id
JOIN location l ON l.id = r.location_id
ORDER BY r.id DESC
