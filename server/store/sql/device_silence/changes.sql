-- Devices in the homes of some shards that fell silent, or report again, since scripts were told last; a row a cause: a gateway
-- when all behind it are silent. In homes that go by their data's clock nobody is silent.
WITH judged AS (
    SELECT d.id, d.location_id, d.gateway_id, x.newest,
           x.newest < now() - make_interval(secs => :silent_after_s::integer) AS silent
    FROM device d JOIN location l ON l.id = d.location_id AND l.clock = 'real' AND l.shard = ANY(:shards::integer[])
    CROSS JOIN LATERAL (SELECT max(n.time) AS newest FROM stream s CROSS JOIN LATERAL
                            (SELECT m.time FROM measurement m WHERE m.stream_id = s.id ORDER BY m.time DESC LIMIT 1) n
                        WHERE s.device_id = d.id AND s.script_id IS NULL) x
    WHERE d.retired_at IS NULL AND x.newest IS NOT NULL
), gateway AS (
    SELECT gateway_id AS id, bool_and(silent) AND count(*) > 1 AS silent
    FROM judged WHERE gateway_id IS NOT NULL GROUP BY gateway_id
), change AS (
    SELECT true AS silent, CASE WHEN g.silent THEN g.id ELSE j.id END AS cause, j.location_id, j.id, j.newest AS since
    FROM judged j LEFT JOIN gateway g ON g.id = j.gateway_id
    WHERE j.silent AND NOT EXISTS (SELECT FROM device_silence k WHERE k.device_id = j.id)
    UNION ALL
    SELECT false, k.cause, j.location_id, j.id, k.since
    FROM judged j JOIN device_silence k ON k.device_id = j.id WHERE NOT j.silent
)
SELECT c.silent, c.cause, c.location_id, array_to_json(array_agg(c.id ORDER BY c.id)) AS devices, max(c.since) AS since,
       c.silent AND EXISTS (SELECT FROM device_silence k WHERE k.cause = c.cause) AS told
FROM change c GROUP BY c.silent, c.cause, c.location_id ORDER BY c.location_id, c.cause
