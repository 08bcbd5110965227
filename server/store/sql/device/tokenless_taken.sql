-- Whether a device without a token of this id would be ambiguous on the server.
SELECT EXISTS (SELECT 1 FROM device WHERE key = :key::text AND retired_at IS NULL) AS taken
