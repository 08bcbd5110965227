-- An alert that a device raised, run by the committer in the upload's transaction; residents see it at once, caregivers
-- after :gap_s. Nothing when one of this cause is open, or after :most of this key in this home within :window_s.
WITH raising AS (
    SELECT id, deployment_id, location_id FROM device WHERE id = :device
), made AS (
    INSERT INTO alert (deployment_id, location_id, source, device_id, key, severity, texts, at)
    SELECT r.deployment_id, r.location_id, 'device', r.id, :key::text, :severity::text, :texts::jsonb, :at::timestamptz
    FROM raising r
    WHERE (SELECT count(*) FROM alert a
           WHERE a.location_id = r.location_id AND a.source = 'device' AND a.key = :key::text
             AND a.created_at > now() - make_interval(secs => :window_s::integer)) < :most::integer
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
