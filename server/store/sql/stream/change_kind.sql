-- What a stream holds from now on, and word of it for whoever caches it; nothing happens where it holds that already.
WITH changed AS (
    UPDATE stream SET kind = :kind::text WHERE id = :id::bigint AND kind <> :kind::text RETURNING id, location_id
)
INSERT INTO change (kind, location_id, object_id) SELECT 'stream', location_id, id FROM changed
