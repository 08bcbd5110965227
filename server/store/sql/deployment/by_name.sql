-- The deployment that an operator is added to from the command line.
SELECT id FROM deployment WHERE name = :name
