-- Whether a participant has a role in the home that may register devices there.
SELECT EXISTS (SELECT 1 FROM participant_role r WHERE r.participant_id = :participant::bigint AND r.location_id = :location::bigint
               AND r.role IN ('resident', 'student') AND role_holds(r.until)) AS allowed
