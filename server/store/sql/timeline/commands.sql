-- Commands for a home's timeline, newest first.
SELECT jsonb_build_object('time', iso(c.created_at), 'kind', 'command', 'object', 'command:' || c.id,
           'text', d.key || ' ' || COALESCE((SELECT string_agg(x->>'name' || '=' || COALESCE(x->>'value', ''), ' ')
                                              FROM jsonb_array_elements(c.parameters) x), ''),
           'detail', jsonb_build_object('state', c.state, 'requestedBy', c.requested_by, 'result', c.result, 'sent', c.sent_at IS NOT NULL)) AS item,
       c.created_at AS time
FROM command c JOIN device d ON d.id = c.device_id
WHERE c.location_id = :location::bigint AND c.created_at >= :from::timestamptz AND c.created_at <= :to::timestamptz
ORDER BY c.created_at DESC LIMIT :count::integer
