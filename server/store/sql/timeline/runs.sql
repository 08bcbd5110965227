-- What scripts did in a home, for its timeline: the runs that had effects, a reason or an error; newest first.
SELECT r.at AS time, 'run' AS kind,
       p.name || ': ' || COALESCE(NULLIF(r.error, ''), NULLIF(r.because, ''), r.handler) AS text, 'run:' || r.id AS object
FROM script_run r JOIN script p ON p.id = r.script_id
WHERE r.location_id = :location AND r.at >= :from AND r.at <= :to
  AND (r.effect_count > 0 OR r.because <> '' OR r.status <> 'ok')
ORDER BY r.at DESC LIMIT :count::integer
