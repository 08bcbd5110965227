-- Whether this cluster has a database of this name.
SELECT datname FROM pg_database WHERE datname = :name
