-- Who somebody is, for those who may read who did what: an operator's name, a participant's code, a script's name; empty for
-- anybody else. `actor` as it stands in audit, alert_answer, message and script_version: operator:3, participant:7, script:5.
CREATE FUNCTION actor_name(actor text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT COALESCE(CASE split_part(actor, ':', 1)
        WHEN 'operator' THEN (SELECT COALESCE(NULLIF(o.name, ''), o.email) FROM operator o
                              WHERE o.id = substring(actor FROM '^operator:(\d{1,18})$')::bigint)
        WHEN 'participant' THEN (SELECT p.code FROM participant p
                                 WHERE p.id = substring(actor FROM '^participant:(\d{1,18})$')::bigint)
        WHEN 'script' THEN (SELECT s.name FROM script s WHERE s.id = substring(actor FROM '^script:(\d{1,18})$')::bigint)
    END, '')
$$;
