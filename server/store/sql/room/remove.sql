-- Removes a room; what stands in it stays in the home.
WITH out AS (UPDATE device SET room_id = NULL WHERE room_id = :id::bigint)
DELETE FROM room WHERE id = :id::bigint
