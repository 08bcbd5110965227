-- The commands that the actions of these alerts made.
SELECT c.id FROM command c WHERE c.alert_id = ANY(:alerts::bigint[])
