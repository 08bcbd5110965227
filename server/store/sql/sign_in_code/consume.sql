-- Uses the code up.
DELETE FROM sign_in_code WHERE code_hash = :code::bytea RETURNING created_at
