-- An operator's own row, for a change of password.
SELECT id, email, name, password_hash, may_see_names, active FROM operator WHERE id = :id::bigint
