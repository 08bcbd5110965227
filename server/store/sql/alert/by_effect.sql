-- The alert that this effect made before.
SELECT id FROM alert WHERE effect_id = :effect
