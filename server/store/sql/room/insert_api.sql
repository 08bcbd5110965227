-- A new room of a home.
INSERT INTO room (location_id, kind, name) VALUES (:location::bigint, :kind::text, :name::text) RETURNING id
