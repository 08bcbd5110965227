-- Whether a person has had as many messages as may be, within the hour before this effect by its home's clock: of its script in
-- this home (the deployment says how many), and of all scripts in all homes.
SELECT EXISTS (SELECT 1 FROM effect e WHERE e.at > now_is.at - interval '1 hour' AND e.id = (
           SELECT m.effect_id FROM message m
           WHERE m.participant_id = :participant AND m.author = :author AND m.location_id = :location
             AND m.effect_id < now_is.id
           ORDER BY m.effect_id DESC OFFSET d.messages_per_hour - 1 LIMIT 1)) AS of_script,
       EXISTS (SELECT 1 FROM effect e WHERE e.at > now_is.at - interval '1 hour' AND e.id = (
           SELECT m.effect_id FROM message m
           WHERE m.participant_id = :participant AND m.effect_id < now_is.id
           ORDER BY m.effect_id DESC OFFSET :most_of_all::integer - 1 LIMIT 1)) AS of_all,
       d.messages_per_hour AS most
FROM deployment d JOIN effect now_is ON now_is.id = :effect
WHERE d.id = :deployment
