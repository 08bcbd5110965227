-- A participant's page looks at what is open in the homes, and at what changed there lately, not at all that ever was.
CREATE INDEX alert_by_location_changed ON alert (location_id, state_at);
