-- An operator for sign in.
SELECT id, email, name, password_hash, may_see_names, active FROM operator WHERE email = lower(:email::text)
