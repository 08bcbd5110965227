-- Every home in some shards, with its study.
SELECT id, deployment_id, shard FROM location WHERE shard = ANY(:shards::integer[])
