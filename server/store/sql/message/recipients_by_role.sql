-- Who has this role at the home, with the language to write in.
SELECT DISTINCT p.id, p.language FROM participant_role r
JOIN participant p ON p.id = r.participant_id
WHERE r.location_id = :location AND r.role = :role AND role_holds(r.until)
  AND p.status IN ('invited', 'active') AND p.deployment_id = :deployment
ORDER BY p.id
