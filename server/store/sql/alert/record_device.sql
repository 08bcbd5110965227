-- An alert that a device raised, run by the committer in the upload's transaction; residents see it at once, caregivers
-- after :gap_s. Nothing when one of this cause is open; after :most of this key in this home within :window_s the coordinators
-- are told that more are held back, once an hour.
WITH raising AS (
    SELECT d.id, d.deployment_id, d.location_id, d.key,
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
        SELECT 1 FROM alert a WHERE a.location_id = r.location_id AND a.device_id = r.id AND a.key = 'held-back'
          AND a.created_at > now() - make_interval(secs => :window_s::integer))
    ON CONFLICT DO NOTHING
    RETURNING id, deployment_id, location_id
), made AS (
    INSERT INTO alert (deployment_id, location_id, source, device_id, key, severity, texts, at)
    SELECT r.deployment_id, r.location_id, 'device', r.id, :key::text, :severity::text, :texts::jsonb, :at::timestamptz
    FROM raising r
    WHERE NOT r.is_held_back
    ON CONFLICT DO NOTHING
    RETURNING id, deployment_id, location_id
), told AS (
    INSERT INTO alert_recipient (alert_id, participant_id, due_at)
    SELECT m.id, r.participant_id,
           min(now() + make_interval(secs => CASE WHEN r.role = 'resident' THEN 0 ELSE :gap_s::integer * r.calling_order END))
    FROM made m
    JOIN participant_role r ON r.location_id = m.location_id
    JOIN participant p ON p.id = r.participant_id
    WHERE r.role IN ('resident', 'caregiver') AND (r.until IS NULL OR r.until > now())
      AND p.status IN ('invited', 'active')
    GROUP BY m.id, r.participant_id
)
SELECT id, deployment_id, location_id FROM made
UNION ALL SELECT id, deployment_id, location_id FROM held_back
