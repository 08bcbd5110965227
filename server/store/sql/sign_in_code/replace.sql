-- A new one-time code for the first admin; there is only one.
WITH old AS (DELETE FROM sign_in_code)
INSERT INTO sign_in_code (code_hash) VALUES (:code::bytea)
