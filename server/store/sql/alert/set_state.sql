-- Moves a locked alert on; whoever was not told yet is not told while somebody takes care of it, or it is over.
WITH stopped AS (
    UPDATE alert_recipient
    SET due_at = NULL, left_ms = ceil(extract(epoch FROM due_at - now()) * 1000)
    WHERE alert_id = :alert AND due_at > now()
)
UPDATE alert SET state = :state, state_by = :by, state_at = now(),
       snoozed_until = now() + make_interval(secs => :snooze_ms::double precision / 1000),
       waits_until = now() + make_interval(secs => :waits_ms::double precision / 1000)
WHERE id = :alert
