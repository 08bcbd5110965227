-- Who is told of these alerts, the first to be told first; without those who are not, since somebody takes care.
SELECT r.alert_id, r.participant_id AS participant, p.code, r.due_at, r.delivered_at
FROM alert_recipient r JOIN participant p ON p.id = r.participant_id
WHERE r.alert_id = ANY(:alerts::bigint[]) AND r.due_at IS NOT NULL
ORDER BY r.alert_id, r.due_at, r.participant_id
