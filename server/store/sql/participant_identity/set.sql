-- Names and contacts live apart from everything else.
INSERT INTO participant_identity (participant_id, name, email, phone)
VALUES (:participant::bigint, :name::text, :email::text, :phone::text)
ON CONFLICT (participant_id) DO UPDATE SET name = EXCLUDED.name, email = EXCLUDED.email, phone = EXCLUDED.phone
