-- What nothing could ever set or reach is not there; it comes again with what it does. Nobody can have these words, so none is lost.
UPDATE participant SET status = 'invited' WHERE status = 'consented';
ALTER TABLE participant DROP CONSTRAINT participant_status_check,
    ADD CONSTRAINT participant_status_check CHECK (status IN ('invited', 'active', 'paused', 'completed', 'withdrawn'));
ALTER TABLE deployment DROP COLUMN needs_consent;
UPDATE alert SET source = 'device' WHERE source = 'quality';
ALTER TABLE alert DROP CONSTRAINT alert_source_check,
    ADD CONSTRAINT alert_source_check CHECK (source IN ('script', 'device'));
UPDATE command SET state = 'expired' WHERE state = 'cancelled';
ALTER TABLE command DROP CONSTRAINT command_state_check,
    ADD CONSTRAINT command_state_check CHECK (state IN ('queued', 'sent', 'received', 'executed', 'failed', 'expired'));
UPDATE message SET state = 'sent' WHERE state = 'failed';
ALTER TABLE message DROP CONSTRAINT message_state_check,
    ADD CONSTRAINT message_state_check CHECK (state IN ('queued', 'sent', 'delivered', 'read', 'answered'));
