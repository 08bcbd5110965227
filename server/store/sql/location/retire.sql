-- Takes a home out of use; what was stored of it stays, its name is free.
UPDATE location SET retired_at = now() WHERE id = :id::bigint AND retired_at IS NULL
