-- Every home in some shards, with its study.
SELECT id, deployment_id, shard, clock = 'events' AS by_events FROM location WHERE shard = ANY(:shards::integer[]) AND retired_at IS NULL
