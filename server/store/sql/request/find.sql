-- What was made by a request, if these are its operation and parameters.
SELECT object, operation = :operation::text AND parameters = :parameters::bytea AS same
FROM request WHERE author = :author::text AND name = :name::text
