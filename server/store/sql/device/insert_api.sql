-- Registers a device in a home; `owner`: the participant who does.
INSERT INTO device (deployment_id, location_id, key, type, use, room_id, description, gateway_id, start_date, tokenless, owner_id)
SELECT l.deployment_id, l.id, :key::text, :type::integer, COALESCE(:use::text, ''), :room::bigint, COALESCE(:description::text, ''), :gateway::bigint,
       COALESCE(:start_date::timestamptz, CASE WHEN l.clock = 'events' THEN '2000-01-01Z'::timestamptz ELSE now() END),
       :tokenless::boolean, :owner::bigint
FROM location l WHERE l.id = :location::bigint
RETURNING id
