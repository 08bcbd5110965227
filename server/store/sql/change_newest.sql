-- The newest change there is.
SELECT COALESCE(max(seq), 0) AS seq FROM change
