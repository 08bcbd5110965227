-- What people did about these alerts, without comments and without saying who: of each the newest :most, oldest first.
SELECT w.alert_id, w.at, w.answer, w.action_id AS action, w.actor = 'participant:' || :participant::bigint AS own,
       CASE WHEN w.actor LIKE 'participant:%' THEN COALESCE((SELECT min(o.role) FROM participant_role o
                WHERE o.location_id = a.location_id AND w.actor = 'participant:' || o.participant_id), 'participant')
            ELSE 'coordinator' END AS who
FROM alert a
CROSS JOIN LATERAL (SELECT * FROM alert_answer n WHERE n.alert_id = a.id AND n.answer <> 'comment'
                    ORDER BY n.id DESC LIMIT :most::integer) w
WHERE a.id = ANY(:alerts::bigint[])
ORDER BY w.alert_id, w.id
