-- Event rows of consecutive batches of one writer.
SELECT batch, ordinal, location_id, kind, time, device_id, name, depth, data,
       CASE WHEN jsonb_typeof(data->'script') = 'number' THEN (data->>'script')::bigint END AS script
FROM event WHERE writer = :writer AND batch BETWEEN :first AND :last
