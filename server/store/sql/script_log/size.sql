-- How many lines of a script's log there are, in the one home where :location is given.
SELECT COALESCE(sum(lines), 0)::bigint AS lines FROM script_log
WHERE script_id = :script AND location_id BETWEEN COALESCE(:location::bigint, 0) AND COALESCE(:location::bigint, 9223372036854775807)
