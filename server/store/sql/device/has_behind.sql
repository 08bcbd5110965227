-- Whether devices in use are behind this one.
SELECT EXISTS (SELECT FROM device WHERE gateway_id = :id::bigint AND retired_at IS NULL) AS has
