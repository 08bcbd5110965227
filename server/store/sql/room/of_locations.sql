-- The rooms of some homes, by home.
SELECT r.id, r.kind, r.name, r.location_id FROM room r WHERE r.location_id = ANY(:locations::bigint[]) ORDER BY r.location_id, r.id
