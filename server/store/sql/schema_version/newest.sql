-- The newest migration that has run; 0 in an empty database.
SELECT coalesce(max(version), 0) AS version FROM schema_version
