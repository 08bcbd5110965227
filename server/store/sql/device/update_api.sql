-- Changes what is given; NULL leaves it, room or gateway 0 takes it out of its room or from behind its gateway;
-- a gateway of another home takes it there, without its room, and from then on: what it measured before is not that home's
-- (where the home has the data's clock, its first moment is the start). Scripts there were not told that it is silent.
WITH told AS (
    DELETE FROM device_silence k USING device d
    WHERE k.device_id = d.id AND d.id = :id::bigint AND d.location_id <> :location::bigint
)
UPDATE device
SET use = COALESCE(:use::text, use), description = COALESCE(:description::text, description), type = COALESCE(:type::integer, type),
    location_id = COALESCE(:location::bigint, location_id),
    start_date = CASE WHEN :location::bigint <> location_id
                           AND (SELECT l.clock FROM location l WHERE l.id = :location::bigint) = 'real'
                      THEN GREATEST(start_date, now()) ELSE start_date END,
    gateway_id = CASE WHEN :gateway::bigint = 0 THEN NULL ELSE COALESCE(:gateway::bigint, gateway_id) END,
    room_id = CASE WHEN :room::bigint = 0 THEN NULL WHEN :location::bigint <> location_id THEN :room::bigint
                   ELSE COALESCE(:room::bigint, room_id) END
WHERE id = :id::bigint
