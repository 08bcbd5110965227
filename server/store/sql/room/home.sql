-- A home's rooms as scripts see them.
SELECT kind, name FROM room WHERE location_id = :location ORDER BY id
