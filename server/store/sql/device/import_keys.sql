-- The devices of a home by their outward ids, for an import; of two of one id the one in use first.
SELECT id, key, type FROM device WHERE location_id = :location::bigint ORDER BY retired_at IS NOT NULL, id DESC
