-- An effect turned out not to be carried out, in the transaction that records it.
UPDATE effect SET refused = :reason WHERE id = :effect
