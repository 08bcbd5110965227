-- An alert that a device raised, run by the committer in the upload's transaction; residents see it at once, caregivers
-- after :gap_s. Where one of this cause is open, that one says what is new as well and wants attention again; of many that
-- differ it keeps the first and the newest, and asks no more. After :most of this key in this home within :window_s the
-- coordinators are told that more are held back, once an hour. One that has ended is not raised anew by a repeat: of the same
-- time, saying the same.
WITH raising AS (
    SELECT d.id, d.deployment_id, d.location_id, d.key, substr(:texts::jsonb->>'en', length(d.key) + 3) AS said,
           (SELECT count(*) FROM alert a
            WHERE a.location_id = d.location_id AND a.source = 'device' AND a.key = :key::text
              AND a.created_at > now() - make_interval(secs => :window_s::integer)) >= :most::integer AS is_held_back
    FROM device d WHERE d.id = :device
), held_back AS (
    INSERT INTO alert (deployment_id, location_id, source, device_id, key, texts, at)
    SELECT r.deployment_id, r.location_id, 'device', r.id, 'held-back',
           jsonb_build_object(
               'en', format('The device %s raises the alert “%s” too often; what is over %s an hour is held back.',
                            r.key, :key::text, :most::integer),
               'de', format('Das Gerät %s meldet „%s“ zu oft; was über %s in der Stunde ist, wird zurückgehalten.',
                            r.key, :key::text, :most::integer)),
           :at::timestamptz
    FROM raising r
    WHERE r.is_held_back AND NOT EXISTS (
        SELECT 1 FROM alert a WHERE a.location_id = r.location_id AND a.source = 'device' AND a.device_id = r.id AND a.key = 'held-back'
          AND a.created_at > now() - make_interval(secs => :window_s::integer))
    ON CONFLICT DO NOTHING
    RETURNING id, deployment_id, location_id
), grown AS (
    UPDATE alert a
    SET texts = jsonb_build_object('en', CASE WHEN n.has_room THEN concat(n.known, '; ', r.said)
                                              ELSE concat(split_part(n.known, '; …; ', 1), '; …; ', r.said) END),
        state = CASE WHEN n.has_room THEN 'open' ELSE a.state END,
        snoozed_until = CASE WHEN n.has_room THEN NULL ELSE a.snoozed_until END,
        waits_until = CASE WHEN n.has_room THEN NULL ELSE a.waits_until END,
        state_by = CASE WHEN n.has_room THEN '' ELSE a.state_by END,
        state_at = CASE WHEN n.has_room THEN now() ELSE a.state_at END
    FROM raising r, LATERAL (
        SELECT o.id, o.texts->>'en' AS known,
               length(o.texts->>'en') + length(r.said) <= 1000 AND strpos(o.texts->>'en', '; …; ') = 0 AS has_room
        FROM alert o
        WHERE o.location_id = r.location_id AND o.source = 'device' AND o.script_id IS NULL AND o.device_id = r.id
          AND o.key = :key::text AND o.state IN ('open', 'acknowledged')
    ) n
    WHERE a.id = n.id AND strpos(n.known, r.said) = 0
    RETURNING a.id, n.has_room
), told_on AS (
    UPDATE alert_recipient r SET due_at = now() + make_interval(secs => r.left_ms / 1000.0), left_ms = NULL
    FROM grown WHERE r.alert_id = grown.id AND grown.has_room AND r.due_at IS NULL
), made AS (
    INSERT INTO alert (deployment_id, location_id, source, device_id, key, severity, texts, at)
    SELECT r.deployment_id, r.location_id, 'device', r.id, :key::text, :severity::text, :texts::jsonb, :at::timestamptz
    FROM raising r
    WHERE NOT r.is_held_back AND NOT EXISTS (
        SELECT 1 FROM alert a WHERE a.location_id = r.location_id AND a.source = 'device' AND a.device_id = r.id AND a.key = :key::text
          AND a.at = :at::timestamptz AND strpos(a.texts->>'en', r.said) > 0)
    ON CONFLICT DO NOTHING
    RETURNING id, deployment_id, location_id
), told AS (
    INSERT INTO alert_recipient (alert_id, participant_id, due_at)
    SELECT m.id, r.participant_id,
           min(now() + make_interval(secs => CASE WHEN r.role = 'resident' THEN 0 ELSE :gap_s::integer * r.calling_order END))
    FROM made m
    JOIN participant_role r ON r.location_id = m.location_id
    JOIN participant p ON p.id = r.participant_id
    WHERE r.role IN ('resident', 'caregiver') AND role_holds(r.until)
      AND p.status IN ('invited', 'active')
    GROUP BY m.id, r.participant_id
)
SELECT id, deployment_id, location_id FROM made
UNION ALL SELECT id, deployment_id, location_id FROM held_back
