-- Devices' answers to commands, each command once: states go one way; an answer after the end is kept as late_result. The
-- caller logs a finished one in the same transaction, at event_time: the home's own time. `place` is where in the arrays it stood.
-- The answer is the gateway's that had the device when the command was made and to which it was sent, or that has the device now;
-- or the device's own.
WITH told AS (
    SELECT t.command, t.gateway, t.result, t.place
    FROM unnest(:commands::bigint[], :gateways::bigint[], :results::bigint[]) WITH ORDINALITY AS t(command, gateway, result, place)
), old AS (
    SELECT c.id, c.state, told.result::integer AS result, told.place
    FROM told JOIN command c ON c.id = told.command
    JOIN device d ON d.id = c.device_id AND ((c.gateway_id = told.gateway AND (c.state <> 'queued' OR c.sent_at IS NOT NULL)) OR (
                         told.gateway IN (d.gateway_id, d.id) AND d.location_id = c.location_id))
    ORDER BY c.id FOR UPDATE OF c
), wanted AS (
    SELECT id, place, result, state AS before,
           CASE WHEN result = 0 AND state IN ('queued', 'sent') THEN 'received'
                WHEN result = 1 AND state IN ('queued', 'sent', 'received') THEN 'executed'
                WHEN result > 1 AND state IN ('queued', 'sent', 'received') THEN 'failed'
                ELSE state END AS after,
           state IN ('expired', 'cancelled', 'superseded') AS is_late
    FROM old
)
UPDATE command c
SET state = w.after,
    sent_at = CASE WHEN w.before <> w.after THEN COALESCE(c.sent_at, now()) ELSE c.sent_at END,
    received_at = CASE WHEN w.before <> w.after THEN COALESCE(c.received_at, now()) ELSE c.received_at END,
    finished_at = CASE WHEN w.before <> w.after AND w.after IN ('executed', 'failed') THEN now()
                       ELSE c.finished_at END,
    result = CASE WHEN w.before <> w.after AND w.after IN ('executed', 'failed') THEN w.result::smallint
                  ELSE c.result END,
    logged = c.logged OR (w.before <> w.after AND w.after IN ('executed', 'failed')),
    late_result = CASE WHEN w.is_late AND COALESCE(c.late_result, 0) = 0 THEN w.result::smallint ELSE c.late_result END
FROM wanted w
WHERE c.id = w.id
RETURNING c.id, c.location_id, c.device_id, c.state, w.place,
          CASE WHEN c.requested_by ~ '^script:\d{1,18}$' THEN substr(c.requested_by, 8)::bigint
               ELSE (SELECT a.script_id FROM alert a WHERE a.id = c.alert_id) END AS script_id,
          w.before <> w.after OR w.is_late AS changed,
          w.before <> w.after AND c.state IN ('executed', 'failed') AS finished,
          CASE WHEN (SELECT l.clock FROM location l WHERE l.id = c.location_id) = 'real' THEN now()
               ELSE COALESCE(home_newest(c.location_id), now()) END AS event_time
