-- One room.
SELECT r.id, r.kind, r.name, r.location_id FROM room r WHERE r.id = :id::bigint
