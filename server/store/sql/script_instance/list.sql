-- How a script does in its homes, for people, and what it has going on there; the homes with trouble first.
SELECT i.location_id AS location, l.name AS location_name, i.mode, i.status, i.status_detail AS detail, i.updated_at,
       (SELECT count(*) FROM alert a WHERE i.mode = 'live' AND a.location_id = i.location_id AND a.source = 'script'
        AND a.script_id = i.script_id AND a.state IN ('open', 'acknowledged')) AS open_alerts,
       (SELECT count(*) FROM message m WHERE i.mode = 'live' AND m.author = 'script:' || i.script_id
        AND m.location_id = i.location_id AND m.kind = 'question' AND m.answered_at IS NULL) AS open_questions,
       (SELECT count(*) FROM script_timer t WHERE t.script_id = i.script_id AND t.location_id = i.location_id
        AND t.mode = i.mode) AS timers
FROM script_instance i JOIN location l ON l.id = i.location_id
WHERE i.script_id = :script
ORDER BY i.status = 'running', l.name, i.mode LIMIT :count::integer
