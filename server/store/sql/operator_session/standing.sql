-- Of these sessions (SHA-256 in hexadecimal, by commas), consoles' and pages', those that stand: with a console's roles, or with
-- what a participant's page depends on (whether the participation rests, the language, the homes and the roles there).
WITH asked AS (SELECT decode(x, 'hex') AS token FROM unnest(string_to_array(:tokens::text, ',')) x)
SELECT encode(s.token_hash, 'hex') AS token,
       COALESCE((SELECT string_agg(COALESCE(r.deployment_id, 0) || ':' || r.role, ' ' ORDER BY r.deployment_id NULLS FIRST)
                 FROM operator_role r WHERE r.operator_id = o.id), '') AS roles
FROM asked a JOIN operator_session s ON s.token_hash = a.token JOIN operator o ON o.id = s.operator_id
WHERE s.expires_at > now() AND o.active
UNION ALL
SELECT encode(s.token_hash, 'hex'),
       p.status || ' ' || p.language || COALESCE(
           (SELECT string_agg(concat_ws(' ', '', r.location_id, r.role, l.time_zone, l.name), ',' ORDER BY r.location_id, r.role)
            FROM participant_role r JOIN location l ON l.id = r.location_id
            WHERE r.participant_id = p.id AND role_holds(r.until)), '')
FROM asked a JOIN participant_session s ON s.token_hash = a.token JOIN participant p ON p.id = s.participant_id
WHERE s.expires_at > now() AND p.status NOT IN ('completed', 'withdrawn')
