-- How many messages a participant wrote lately.
SELECT count(*) AS count FROM message
WHERE participant_id = :participant AND direction = 'from-participant'
  AND created_at > now() - make_interval(secs => :within_s::integer)
