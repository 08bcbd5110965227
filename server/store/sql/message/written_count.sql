-- How many messages a participant wrote within the last 10 minutes.
SELECT count(*) AS count FROM message
WHERE participant_id = :participant AND direction = 'from-participant' AND created_at > now() - interval '10 minutes'
