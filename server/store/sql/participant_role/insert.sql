-- One role of a participant in one home; one that ended begins again.
INSERT INTO participant_role AS r (participant_id, location_id, role, calling_order, until)
VALUES (:participant::bigint, :location::bigint, :role::text, :calling_order::integer, :until::timestamptz)
ON CONFLICT (participant_id, location_id, role) DO UPDATE SET calling_order = EXCLUDED.calling_order, until = EXCLUDED.until
WHERE r.until <= now()
