-- A participant for sign in.
SELECT p.id, p.deployment_id, l.password_hash, p.status NOT IN ('completed', 'withdrawn') AS active
FROM participant_login l JOIN participant p ON p.id = l.participant_id
WHERE l.username = lower(:username::text)
