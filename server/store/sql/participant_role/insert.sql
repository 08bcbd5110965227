-- One role of a participant in one home.
INSERT INTO participant_role (participant_id, location_id, role, calling_order, until)
VALUES (:participant::bigint, :location::bigint, :role::text, :calling_order::integer, :until::timestamptz)
