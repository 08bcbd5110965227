-- One script, whatever became of it.
SELECT id, deployment_id, name, coalesce(library_name, '') AS library_name, created_at, retired_at
FROM script WHERE id = :script
