-- Changes what is given; NULL leaves it.
UPDATE deployment
SET name = COALESCE(:name::text, name), time_zone = COALESCE(:time_zone::text, time_zone),
    language = COALESCE(:language::text, language),
    allow_tokenless_devices = COALESCE(:tokenless::boolean, allow_tokenless_devices),
    server_ttl_s = COALESCE(:ttl::integer, server_ttl_s),
    messages_per_hour = COALESCE(:messages::integer, messages_per_hour),
    alerts_per_hour = COALESCE(:alerts::integer, alerts_per_hour),
    commands_per_hour = COALESCE(:commands::integer, commands_per_hour)
WHERE id = :id::bigint
