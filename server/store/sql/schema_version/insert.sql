-- A migration that has just run, in its own transaction.
INSERT INTO schema_version (version, name) VALUES (:version, :name)
