-- The names and contacts of some participants; who has none is left out.
SELECT i.participant_id, i.name, i.email, i.phone FROM participant_identity i
WHERE i.participant_id = ANY(:participants::bigint[])
