-- The server's own idea of now, for expiry and for checking a connection.
SELECT now() AS now
