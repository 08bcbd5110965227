-- A new operator; the e-mail address is the name for sign in.
INSERT INTO operator (email, name, password_hash, may_see_names)
VALUES (lower(:email::text), :name::text, :hash::text, :may_see_names::boolean)
RETURNING id
