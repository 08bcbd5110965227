-- Alerts and their answers for a home's timeline, newest first.
SELECT t.time, t.kind, t.text, 'alert:' || t.id AS object
FROM (SELECT a.at AS time, 'alert' AS kind, a.id,
             COALESCE(a.texts->>p.language, a.texts->>'en', (SELECT x.value FROM jsonb_each_text(a.texts) x LIMIT 1), a.key) AS text
      FROM alert a JOIN deployment p ON p.id = a.deployment_id WHERE a.location_id = :location::bigint
      UNION ALL
      SELECT w.at, 'alert-answer', a.id, w.answer || CASE WHEN w.comment = '' THEN '' ELSE ': ' || w.comment END
      FROM alert a JOIN alert_answer w ON w.alert_id = a.id WHERE a.location_id = :location::bigint) t
WHERE t.time >= :from::timestamptz AND t.time <= :to::timestamptz
ORDER BY t.time DESC LIMIT :count::integer
