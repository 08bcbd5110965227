-- Devices in the homes of some shards that fell silent, or report again, since scripts were told last; a row a cause: a gateway
-- when all behind it are silent. In homes that go by their data's clock nobody is silent; looked at are homes in trouble only.
WITH home AS (
    SELECT location_id AS id FROM home_state WHERE lost > 0 OR silent > 0
    UNION
    SELECT d.location_id FROM device_silence k JOIN device d ON d.id = k.device_id
), judged AS (
    SELECT d.id, d.location_id, d.gateway_id, v.newest, v.reporting = 'silent' AS silent
    FROM home h JOIN location l ON l.id = h.id AND l.clock = 'real' AND l.shard = ANY(:shards::integer[])
    JOIN device d ON d.location_id = l.id AND d.retired_at IS NULL
    CROSS JOIN LATERAL (SELECT * FROM device_life x WHERE x.device_id = d.id OFFSET 0) v
    WHERE v.reporting IN ('silent', 'reporting') AND v.newest IS NOT NULL
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
