-- An alert that is about to be answered; with a participant only when it was given to that one, who has a role in its home still.
SELECT a.id, a.deployment_id, a.location_id, a.state FROM alert a
WHERE a.id = :alert AND (:participant::bigint IS NULL OR EXISTS (
    SELECT 1 FROM alert_recipient r JOIN participant p ON p.id = r.participant_id
    JOIN participant_role h ON h.participant_id = r.participant_id AND h.location_id = a.location_id
    WHERE r.alert_id = a.id AND r.participant_id = :participant::bigint AND r.due_at <= now()
      AND role_holds(h.until) AND p.status NOT IN ('completed', 'withdrawn')))
FOR UPDATE OF a
