-- The participant's user name and password; enrolling again with a new code sets new ones.
INSERT INTO participant_login (participant_id, username, password_hash)
VALUES (:participant::bigint, lower(:username::text), :hash::text)
ON CONFLICT (participant_id) DO UPDATE SET username = EXCLUDED.username, password_hash = EXCLUDED.password_hash
