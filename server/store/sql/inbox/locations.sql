-- The homes of a participant, for the page's heading and the Application API.
SELECT DISTINCT l.id, l.name, l.time_zone FROM participant_role r JOIN location l ON l.id = r.location_id
WHERE r.participant_id = :participant::bigint AND role_holds(r.until)
ORDER BY l.id LIMIT 1000
