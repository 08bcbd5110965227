-- How far the shards (:shards) have come in each writer's log.
SELECT shard, writer, number FROM shard_position WHERE shard = ANY(:shards::integer[])
