-- How many messages a participant wrote lately, without this one.
SELECT count(*) AS count FROM message
WHERE participant_id = :participant AND direction = 'from-participant'
  AND created_at > now() - make_interval(secs => :within_s::integer)
  AND (:once::text = '' OR once IS DISTINCT FROM :once::text)
