-- The deployment of a home.
SELECT deployment_id FROM location WHERE id = :id::bigint
