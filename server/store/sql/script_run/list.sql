-- Traces of a script, newest first, of one home where :location is given, before the run :before where given.
SELECT r.id, r.script_id AS script, v.number AS version, r.location_id AS location, l.name AS location_name, l.time_zone, r.mode,
       r.at, r.recorded_at, r.handler, r.trigger, r.status, r.because, r.error, r.log, r.cpu_us
FROM script_run r
JOIN script_version v ON v.id = r.version_id
JOIN location l ON l.id = r.location_id
WHERE r.script_id = :script AND (:location::bigint IS NULL OR r.location_id = :location::bigint)
  AND (:before::bigint IS NULL OR r.id < :before::bigint)
ORDER BY r.id DESC LIMIT :count::integer
