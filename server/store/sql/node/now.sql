-- The database's own idea of now.
SELECT now() AS now
