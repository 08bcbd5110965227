-- Who uses this token.
SELECT p.id, p.deployment_id, p.code, p.language, p.status
FROM participant_session s JOIN participant p ON p.id = s.participant_id
WHERE s.token_hash = :token::bytea AND s.expires_at > now() AND p.status NOT IN ('completed', 'withdrawn')
