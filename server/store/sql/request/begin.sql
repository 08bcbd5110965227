-- The request, where it is a new one: its name was not used within :kept_s. Some of those that are older go.
WITH old AS (
    DELETE FROM request WHERE (author, name) IN (
        SELECT author, name FROM request
        WHERE at < now() - make_interval(secs => :kept_s::integer) AND NOT (author = :author::text AND name = :name::text)
        LIMIT 100 FOR UPDATE SKIP LOCKED)
)
INSERT INTO request AS r (author, name, operation, parameters)
VALUES (:author::text, :name::text, :operation::text, :parameters::bytea)
ON CONFLICT (author, name) DO UPDATE
SET operation = EXCLUDED.operation, parameters = EXCLUDED.parameters, object = NULL, at = now()
WHERE r.at < now() - make_interval(secs => :kept_s::integer)
RETURNING name
