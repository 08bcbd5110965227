-- After a new password the sessions before it end.
DELETE FROM participant_session WHERE participant_id = :participant::bigint
