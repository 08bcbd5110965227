-- Open commands of devices that came behind another gateway, into another home or out of use. What was asked for in a home
-- that its device left, or of one out of use, ends here; the others go out where the device is now. All are told back.
WITH open AS (
    SELECT c.id, d.retired_at IS NOT NULL OR d.location_id <> c.location_id AS is_over
    FROM command c JOIN device d ON d.id = c.device_id
    WHERE c.device_id = ANY(:devices::bigint[]) AND c.state IN ('queued', 'sent', 'received')
    ORDER BY c.id FOR UPDATE OF c
), ended AS (
    UPDATE command c SET state = 'cancelled', finished_at = now() FROM open o WHERE c.id = o.id AND o.is_over
)
SELECT c.id, c.deployment_id, c.location_id FROM command c JOIN open o ON o.id = c.id ORDER BY c.id
