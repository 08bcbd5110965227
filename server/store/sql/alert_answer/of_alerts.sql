-- What people did about these alerts: of each the newest :most, oldest first.
SELECT w.alert_id, w.at, w.actor, actor_name(w.actor) AS actor_name, w.answer, w.action_id AS action, w.comment
FROM unnest(:alerts::bigint[]) AS a(id)
CROSS JOIN LATERAL (SELECT * FROM alert_answer n WHERE n.alert_id = a.id ORDER BY n.id DESC LIMIT :most::integer) w
ORDER BY w.alert_id, w.id
