-- A page of alerts costs its rows, however many others there are or have ended. id + 0 is an order that no other index has: by
-- the primary key a small study's would be looked for behind all those of the others.
CREATE INDEX alert_newest_of_deployment ON alert (deployment_id, (id + 0));
CREATE INDEX alert_open_of_deployment ON alert (deployment_id, (id + 0)) WHERE state IN ('open', 'acknowledged');
CREATE INDEX alert_open_by_location ON alert (location_id, id) WHERE state IN ('open', 'acknowledged');
