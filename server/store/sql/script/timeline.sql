-- What scripts did in a home, for its timeline: the runs that had effects, a reason or an error; newest first.
SELECT r.id, r.script_id, p.name AS script_name, r.at, r.handler, r.status, r.because, r.error, r.mode, r.effect_count
FROM script_run r JOIN script p ON p.id = r.script_id
WHERE r.location_id = :location AND r.at >= :from AND r.at <= :to
  AND (r.effect_count > 0 OR r.because <> '' OR r.status <> 'ok')
ORDER BY r.at DESC LIMIT :limit
