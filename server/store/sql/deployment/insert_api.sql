-- A new deployment.
INSERT INTO deployment (name, time_zone, language, allow_tokenless_devices)
VALUES (:name::text, :time_zone::text, :language::text, :tokenless::boolean)
RETURNING id
