-- What was still looked for among all that there ever was.

-- What people did with alerts has its home, for its timeline: found by time, not by way of all alerts that the home had. Of one
-- alert the newest answers are read, however many there are.
ALTER TABLE alert_answer ADD COLUMN location_id bigint REFERENCES location;
UPDATE alert_answer w SET location_id = a.location_id FROM alert a WHERE a.id = w.alert_id;
ALTER TABLE alert_answer ALTER COLUMN location_id SET NOT NULL;
CREATE FUNCTION place_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT location_id INTO NEW.location_id FROM alert WHERE id = NEW.alert_id;
    RETURN NEW;
END $$;
CREATE TRIGGER alert_answer_placed BEFORE INSERT ON alert_answer FOR EACH ROW EXECUTE FUNCTION place_answer();
CREATE INDEX alert_answer_by_location_time ON alert_answer (location_id, at);
DROP INDEX alert_answer_by_alert;
CREATE INDEX alert_answer_by_alert ON alert_answer (alert_id, id);

-- A person's messages about no home, for the timeline of the home that he or she lives in.
CREATE INDEX message_of_no_home ON message (participant_id, created_at) WHERE location_id IS NULL;

-- A script's last error is one look, also where it has never had one.
CREATE INDEX script_run_failed ON script_run (script_id, id) WHERE status <> 'ok';

-- Each second: what is over, and what is new, of what is open.
CREATE INDEX command_expires ON command (expires_at) WHERE state IN ('queued', 'sent', 'received');
CREATE INDEX command_new ON command (created_at) WHERE state IN ('queued', 'sent');

-- The same as alert_by_location_time.
DROP INDEX alert_lately;

-- A device's open commands, when it has moved; and failed sign-ins that are long over.
CREATE INDEX command_open_of_device ON command (device_id) WHERE state IN ('queued', 'sent', 'received');
CREATE INDEX login_failure_over ON login_failure (locked_until);
