-- Moves a locked alert on.
UPDATE alert SET state = :state, state_by = :by, state_at = now(),
       snoozed_until = now() + make_interval(secs => :snooze_ms::double precision / 1000)
WHERE id = :alert
