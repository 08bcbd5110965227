-- The script, for whoever is about to look at its values and change them: one after another.
SELECT id FROM script WHERE id = :script FOR NO KEY UPDATE
