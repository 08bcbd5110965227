-- What each home of a deployment measures and can be told, to judge whether a library script fits.
SELECT l.id, l.name,
       COALESCE((SELECT jsonb_agg(DISTINCT s.name) FROM stream s WHERE s.location_id = l.id), '[]') AS streams,
       COALESCE((SELECT jsonb_agg(DISTINCT d.type) FROM device d WHERE d.location_id = l.id AND d.retired_at IS NULL), '[]') AS types
FROM location l WHERE :scope::bigint[] IS NULL OR l.deployment_id = ANY(:scope::bigint[])
ORDER BY l.id LIMIT 1000
