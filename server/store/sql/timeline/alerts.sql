-- Alerts and their answers for a home's timeline, newest first.
SELECT t.time, t.kind, t.text, 'alert:' || t.id AS object
FROM ((SELECT a.at AS time, 'alert' AS kind, a.id,
              COALESCE(a.texts->>p.language, a.texts->>'en', (SELECT x.value FROM jsonb_each_text(a.texts) x LIMIT 1),
                       a.key) AS text
       FROM alert a JOIN deployment p ON p.id = a.deployment_id
       WHERE a.location_id = :location::bigint AND a.at >= :from::timestamptz AND a.at <= :to::timestamptz
       ORDER BY a.at DESC LIMIT :count::integer)
      UNION ALL
      (SELECT w.at, 'alert-answer', w.alert_id, w.answer || CASE WHEN w.comment = '' THEN '' ELSE ': ' || w.comment END
       FROM alert_answer w
       WHERE w.location_id = :location::bigint AND w.at >= :from::timestamptz AND w.at <= :to::timestamptz
       ORDER BY w.at DESC LIMIT :count::integer)) t
ORDER BY t.time DESC LIMIT :count::integer
