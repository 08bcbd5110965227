-- How many commands a script may send in a home an hour, when it has sent as many within the hour before this effect by the
-- home's clock; nothing when it has not.
SELECT d.commands_per_hour AS most
FROM deployment d JOIN effect now_is ON now_is.id = :effect
WHERE d.id = :deployment AND EXISTS (
    SELECT 1 FROM effect e WHERE e.at > now_is.at - interval '1 hour' AND e.id = (
        SELECT c.effect_id FROM command c
        WHERE c.location_id = :location AND c.requested_by = :requested_by AND c.effect_id < now_is.id
        ORDER BY c.effect_id DESC OFFSET d.commands_per_hour - 1 LIMIT 1))
