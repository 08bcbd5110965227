-- Commands for a home's timeline, newest first.
SELECT c.created_at AS time, 'command' AS kind,
       d.key || ' ' || COALESCE((SELECT string_agg(x->>'name' || '=' || COALESCE(x->>'value', ''), ' ')
                                 FROM jsonb_array_elements(c.parameters) x), '') AS text,
       'command:' || c.id AS object
FROM command c JOIN device d ON d.id = c.device_id
WHERE c.location_id = :location::bigint AND c.created_at >= :from::timestamptz AND c.created_at <= :to::timestamptz
ORDER BY c.created_at DESC LIMIT :count::integer
