-- Takes a device out of use; what it measured stays.
UPDATE device SET retired_at = COALESCE(retired_at, now()) WHERE id = :id::bigint
