-- The command that this effect made before.
SELECT id FROM command WHERE effect_id = :effect
