-- What needs somebody now, urgent and old first: alerts that are not put off, lost connections and silent devices (one row a home; one for all where
-- it is more than :homes_most), messages to read, questions without answer, scripts with errors (one row for all homes of a script,
-- and for all questions of a study, where it is more than that, too: nothing is crowded out of the list), and live scripts that
-- somebody paused (a row each, of no home where it is paused in several). Since when: of several, since the first.
WITH scope AS MATERIALIZED (
    SELECT COALESCE(:scope::bigint[], ARRAY(SELECT id FROM deployment)) AS ids
), trouble AS MATERIALIZED (
    SELECT h.*, h.lost > 0 AND h.connected = 0 AS dark,
           count(*) FILTER (WHERE h.lost > 0 AND h.connected = 0) OVER (PARTITION BY h.deployment_id) AS dark_homes,
           count(*) FILTER (WHERE h.silent > 0) OVER (PARTITION BY h.deployment_id) AS silent_homes
    FROM home_state h
    WHERE (h.lost > 0 OR h.silent > 0) AND h.deployment_id = ANY((SELECT ids FROM scope)::bigint[])
), question AS MATERIALIZED (
    SELECT m.id, m.text, m.deployment_id, m.location_id, m.created_at, count(*) OVER (PARTITION BY m.deployment_id) AS questions
    FROM message m WHERE m.kind = 'question' AND m.direction = 'to-participant' AND m.answered_at IS NULL
      AND m.created_at < now() - make_interval(secs => :unanswered_after_s::integer)
      AND m.created_at > now() - make_interval(days => :forgotten_after_days::integer)
      AND m.deployment_id = ANY((SELECT ids FROM scope)::bigint[])
), failure AS MATERIALIZED (
    SELECT s.id, s.name || ': ' || i.detail AS text, i.location_id, i.updated_at,
           count(*) OVER (PARTITION BY s.id) AS homes, row_number() OVER (PARTITION BY s.id ORDER BY i.updated_at, i.location_id) AS place
    FROM (SELECT script_id, location_id, min(updated_at) AS updated_at, (array_agg(status_detail ORDER BY mode))[1] AS detail
          FROM script_instance WHERE status = 'paused-by-errors' GROUP BY script_id, location_id) i -- live before shadow
    JOIN script s ON s.id = i.script_id
    WHERE s.retired_at IS NULL AND s.deployment_id = ANY((SELECT ids FROM scope)::bigint[])
), held AS MATERIALIZED (
    SELECT s.id, s.name AS text, min(d.location_id) AS location_id, min(d.paused_at) AS since, count(*) AS places,
           bool_or(d.location_id IS NULL) AS everywhere
    FROM script_deployment d JOIN script s ON s.id = d.script_id
    WHERE d.paused AND NOT d.taken_off AND d.mode = 'live' AND s.retired_at IS NULL
      AND s.deployment_id = ANY((SELECT ids FROM scope)::bigint[])
    GROUP BY s.id
)
SELECT t.kind, t.text, t.object, t.location_id AS location, COALESCE(l.name, '') AS location_name, t.since, t.count
FROM (
    SELECT 'alert' AS kind, COALESCE(a.texts->>p.language, a.texts->>'en', a.key) AS text, 'alert:' || a.id AS object,
           a.location_id, a.created_at AS since, 1 AS count,
           CASE a.severity WHEN 'urgent' THEN 0 WHEN 'normal' THEN 2 ELSE 4 END AS rank
    FROM alert a JOIN deployment p ON p.id = a.deployment_id
    WHERE a.state IN ('open', 'acknowledged') AND (a.snoozed_until IS NULL OR a.snoozed_until <= now())
      AND a.deployment_id = ANY((SELECT ids FROM scope)::bigint[])
      AND NOT (a.key = 'script-paused' AND a.source = 'script' AND EXISTS ( -- a row of its own says it
          SELECT 1 FROM failure f WHERE f.id = a.script_id AND f.location_id = a.location_id))
    UNION ALL
    SELECT CASE WHEN h.dark AND h.lost_device IS NULL THEN 'home-offline'
                WHEN EXISTS (SELECT 1 FROM device b WHERE b.gateway_id = h.lost_device) THEN 'gateway-offline'
                ELSE 'device-offline' END,
           h.lost_names, COALESCE('device:' || h.lost_device, 'location:' || h.location_id), h.location_id, h.lost_since,
           h.lost, 1
    FROM trouble h WHERE h.lost > 0 AND NOT (h.dark AND h.dark_homes > :homes_most::integer)
    UNION ALL
    SELECT 'home-offline', '', 'deployment:' || h.deployment_id, NULL, min(h.lost_since), count(*), 1
    FROM trouble h WHERE h.dark AND h.dark_homes > :homes_most::integer GROUP BY h.deployment_id
    UNION ALL
    SELECT 'silent-device', h.silent_names, COALESCE('device:' || h.silent_device, 'location:' || h.location_id), h.location_id,
           h.silent_since, h.silent, 3
    FROM trouble h WHERE h.silent > 0 AND h.silent_homes <= :homes_most::integer
    UNION ALL
    SELECT 'silent-device', '', 'deployment:' || h.deployment_id, NULL, min(h.silent_since), count(*), 3
    FROM trouble h WHERE h.silent > 0 AND h.silent_homes > :homes_most::integer GROUP BY h.deployment_id
    UNION ALL
    SELECT 'unread-message', p.code, 'participant:' || p.id, max(m.location_id), min(m.created_at), count(*), 3
    FROM message m JOIN participant p ON p.id = m.participant_id
    WHERE m.direction = 'from-participant' AND m.read_at IS NULL AND m.deployment_id = ANY((SELECT ids FROM scope)::bigint[])
    GROUP BY p.id
    UNION ALL
    SELECT 'unanswered', q.text, 'message:' || q.id, q.location_id, q.created_at, 1, 3
    FROM question q WHERE q.questions <= :homes_most::integer
    UNION ALL
    SELECT 'unanswered', '', 'deployment:' || q.deployment_id, NULL, min(q.created_at), count(*), 3
    FROM question q WHERE q.questions > :homes_most::integer GROUP BY q.deployment_id
    UNION ALL
    SELECT 'script-error', f.text, 'script:' || f.id, f.location_id, f.updated_at, 1, 1
    FROM failure f WHERE f.homes <= :homes_most::integer
    UNION ALL
    SELECT 'script-error', f.text, 'script:' || f.id, NULL, f.updated_at, f.homes, 1
    FROM failure f WHERE f.homes > :homes_most::integer AND f.place = 1
    UNION ALL
    SELECT 'script-paused', h.text, 'script:' || h.id, CASE WHEN h.places = 1 THEN h.location_id END, h.since,
           CASE WHEN h.everywhere THEN 1 ELSE h.places END, 2
    FROM held h
) t
LEFT JOIN location l ON l.id = t.location_id
ORDER BY t.rank, t.since
LIMIT :count::integer
