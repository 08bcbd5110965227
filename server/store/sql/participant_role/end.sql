-- Ends all roles that a participant has; they stay known.
UPDATE participant_role SET until = now()
WHERE participant_id = :participant::bigint AND role_holds(until)
