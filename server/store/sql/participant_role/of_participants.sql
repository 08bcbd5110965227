-- The roles of some participants in homes.
SELECT r.participant_id, r.location_id AS location, l.name AS location_name, r.role, r.calling_order, r.until
FROM participant_role r JOIN location l ON l.id = r.location_id
WHERE r.participant_id = ANY(:participants::bigint[]) AND role_holds(r.until)
ORDER BY r.participant_id, r.location_id, r.role
