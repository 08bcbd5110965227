-- Changes what is given; NULL leaves it.
UPDATE deployment
SET name = COALESCE(:name::text, name), time_zone = COALESCE(:time_zone::text, time_zone),
    language = COALESCE(:language::text, language),
    allow_tokenless_devices = COALESCE(:tokenless::boolean, allow_tokenless_devices),
    server_ttl_s = COALESCE(:ttl::integer, server_ttl_s)
WHERE id = :id::bigint
