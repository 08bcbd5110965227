-- What all instances of the shards have applied; :rows: [{"shard","writer","number"}].
INSERT INTO shard_position (shard, writer, number)
SELECT shard, writer, number
FROM jsonb_to_recordset(:rows::jsonb) AS r(shard smallint, writer smallint, number bigint)
ON CONFLICT (shard, writer) DO UPDATE SET number = EXCLUDED.number
WHERE shard_position.number < EXCLUDED.number
