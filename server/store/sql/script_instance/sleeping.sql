-- Instances that have something due by the clock, and when.
SELECT i.script_id, i.location_id, i.mode, (i.engine->>'wakeAt')::bigint AS wake_at
FROM script_instance i JOIN location l ON l.id = i.location_id
WHERE l.shard = ANY(:shards::integer[]) AND i.status IN ('running', 'resuming') AND jsonb_typeof(i.engine->'wakeAt') = 'number'
  AND (:script::bigint IS NULL OR i.script_id = :script::bigint)
