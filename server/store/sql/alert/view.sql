-- Alerts, newest first, without their parts (alert_action, …recipient, …answer, command): those of some ids, else a home's, else
-- of each deployment of the scope. The ids are looked up first, of open ones by what is open, however much has ended.
SELECT a.id, a.key, a.severity,
       COALESCE(a.texts->>p.language, a.texts->>'en', (SELECT t.value FROM jsonb_each_text(a.texts) t LIMIT 1), a.key) AS text,
       a.texts, a.deployment_id AS deployment, a.location_id AS location, l.name AS location_name, l.time_zone, a.source,
       a.script_id AS script, COALESCE(s.name, '') AS script_name, a.run_id AS run, a.device_id AS device,
       COALESCE(d.key, '') AS device_key, a.state, a.at, a.created_at, a.state_by, a.state_at, a.snoozed_until
FROM alert a
JOIN location l ON l.id = a.location_id
JOIN deployment p ON p.id = a.deployment_id
LEFT JOIN script s ON s.id = a.script_id
LEFT JOIN device d ON d.id = a.device_id
WHERE a.id = ANY(ARRAY(
        SELECT unnest(:ids::bigint[])
        UNION ALL
        (SELECT n.id FROM alert n
         WHERE :ids::bigint[] IS NULL AND n.location_id = :location::bigint AND NOT (:states::text[] <@ ARRAY['open', 'acknowledged']) IS TRUE
           AND (:states::text[] IS NULL OR n.state = ANY(:states::text[])) AND n.id < COALESCE(:after::bigint, 9223372036854775807)
         ORDER BY n.id DESC LIMIT :count::integer)
        UNION ALL
        (SELECT n.id FROM alert n
         WHERE :ids::bigint[] IS NULL AND n.location_id = :location::bigint AND :states::text[] <@ ARRAY['open', 'acknowledged']
           AND n.state IN ('open', 'acknowledged') AND n.state = ANY(:states::text[]) AND n.id < COALESCE(:after::bigint, 9223372036854775807)
         ORDER BY n.id DESC LIMIT :count::integer)
        UNION ALL
        SELECT o.id FROM (SELECT d.id FROM deployment d
                          WHERE :ids::bigint[] IS NULL AND :location::bigint IS NULL
                            AND (:scope::bigint[] IS NULL OR d.id = ANY(:scope::bigint[]))) s
        CROSS JOIN LATERAL (
            (SELECT n.id FROM alert n
             WHERE n.deployment_id = s.id AND NOT (:states::text[] <@ ARRAY['open', 'acknowledged']) IS TRUE
               AND (:states::text[] IS NULL OR n.state = ANY(:states::text[])) AND n.id + 0 < COALESCE(:after::bigint, 9223372036854775807)
             ORDER BY n.id + 0 DESC LIMIT :count::integer)
            UNION ALL
            (SELECT n.id FROM alert n
             WHERE n.deployment_id = s.id AND :states::text[] <@ ARRAY['open', 'acknowledged']
               AND n.state IN ('open', 'acknowledged') AND n.state = ANY(:states::text[]) AND n.id + 0 < COALESCE(:after::bigint, 9223372036854775807)
             ORDER BY n.id + 0 DESC LIMIT :count::integer)) o))
  AND (:scope::bigint[] IS NULL OR a.deployment_id = ANY(:scope::bigint[]))
  AND (:location::bigint IS NULL OR a.location_id = :location::bigint)
  AND (:states::text[] IS NULL OR a.state = ANY(:states::text[]))
  AND (:after::bigint IS NULL OR a.id < :after::bigint)
ORDER BY a.id DESC
LIMIT :count::integer
