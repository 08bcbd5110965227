-- Changes what is given; NULL leaves it, room 0 takes it out of its room.
UPDATE device
SET use = COALESCE(:use::text, use), description = COALESCE(:description::text, description), type = COALESCE(:type::integer, type),
    room_id = CASE WHEN :room::bigint = 0 THEN NULL ELSE COALESCE(:room::bigint, room_id) END
WHERE id = :id::bigint
