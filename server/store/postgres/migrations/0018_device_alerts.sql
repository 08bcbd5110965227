-- What devices raised: which of it is new each second, and how often it came lately with each post that raises something; neither
-- costs what is open besides, nor what a home has behind it.
CREATE INDEX alert_of_devices_newest ON alert (state_at) WHERE source = 'device' AND state = 'open';
CREATE INDEX alert_of_devices ON alert (location_id, key, created_at) WHERE source = 'device';
