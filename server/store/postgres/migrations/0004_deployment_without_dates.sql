-- Nothing ever had an effect by these; they come again with what they do.
ALTER TABLE deployment DROP COLUMN retention_days, DROP COLUMN starts_on, DROP COLUMN ends_on;
