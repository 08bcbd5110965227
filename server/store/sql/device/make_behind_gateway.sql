-- A device that a gateway added, active since the gateway is; or the one with this id that there is already.
WITH made AS (
    INSERT INTO device (deployment_id, location_id, key, type, gateway_id, start_date)
    SELECT :deployment, :location, :key, :type, g.id, g.start_date FROM device g WHERE g.id = :gateway
    ON CONFLICT DO NOTHING
    RETURNING id, location_id
)
SELECT id, location_id FROM made
UNION ALL
SELECT id, location_id FROM device WHERE deployment_id = :deployment AND key = :key
