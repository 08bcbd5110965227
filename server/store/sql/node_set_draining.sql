-- An operator empties a server, or lets it work again.
UPDATE node SET draining = :draining WHERE name = :name
