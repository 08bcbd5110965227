-- The room of that name in the home, made when it is missing.
INSERT INTO room (location_id, kind, name) VALUES (:location::bigint, :kind::text, :name::text)
ON CONFLICT (location_id, name) DO UPDATE SET name = EXCLUDED.name
RETURNING id
