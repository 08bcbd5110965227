-- The gateways that these devices are behind.
SELECT DISTINCT gateway_id FROM device WHERE id = ANY(:ids::bigint[]) AND gateway_id IS NOT NULL
