-- A home as scripts see it, without its rooms and devices.
SELECT l.id, l.deployment_id, l.name, l.time_zone, l.clock, d.allow_numpy
FROM location l JOIN deployment d ON d.id = l.deployment_id WHERE l.id = :location
