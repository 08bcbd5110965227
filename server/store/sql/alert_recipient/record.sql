-- Everybody with this role at the home is told after the delay, later callers :gap_s apart each.
INSERT INTO alert_recipient (alert_id, participant_id, due_at)
SELECT :alert::bigint, r.participant_id,
       min(now() + make_interval(secs => :after_ms::double precision / 1000 + :gap_s::integer * (GREATEST(r.calling_order, 1) - 1)))
FROM participant_role r
JOIN participant p ON p.id = r.participant_id
WHERE r.location_id = :location AND r.role = :role AND role_holds(r.until)
  AND p.status IN ('invited', 'active')
GROUP BY r.participant_id
ON CONFLICT (alert_id, participant_id) DO UPDATE SET due_at = LEAST(alert_recipient.due_at, EXCLUDED.due_at)
