-- Sign out.
DELETE FROM participant_session WHERE token_hash = :token::bytea
