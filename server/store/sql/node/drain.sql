-- Marks a server as draining, or as taking devices again.
UPDATE node SET draining = :draining WHERE name = :name
