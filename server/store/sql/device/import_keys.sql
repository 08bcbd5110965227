-- The devices of a home by their outward ids, for an import.
SELECT id, key FROM device WHERE location_id = :location::bigint
