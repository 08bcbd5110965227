-- One room.
SELECT jsonb_build_object('id', r.id, 'kind', r.kind, 'name', r.name) AS item, r.location_id FROM room r WHERE r.id = :id::bigint
