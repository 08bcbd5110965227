-- A command may end because somebody took it back, or because a newer one took its place at the bound of open ones.
ALTER TABLE command DROP CONSTRAINT command_state_check,
    ADD CONSTRAINT command_state_check
        CHECK (state IN ('queued', 'sent', 'received', 'executed', 'failed', 'expired', 'cancelled', 'superseded'));
