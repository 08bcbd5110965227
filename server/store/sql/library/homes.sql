-- What each home of a deployment measures and can be told, to judge whether a library script fits.
SELECT l.id, l.name,
       COALESCE((SELECT jsonb_agg(DISTINCT jsonb_build_object('use', d.use, 'type', d.type, 'streams',
                     (SELECT COALESCE(jsonb_agg(DISTINCT s.name), '[]') FROM stream s WHERE s.device_id = d.id)))
                 FROM device d WHERE d.location_id = l.id AND d.retired_at IS NULL), '[]') AS devices
FROM location l WHERE :scope::bigint[] IS NULL OR l.deployment_id = ANY(:scope::bigint[])
ORDER BY l.id LIMIT 1000
