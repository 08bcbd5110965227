-- The values that were set for a script: for all homes first.
SELECT location_id, parameter_values FROM script_parameter
WHERE script_id = :script ORDER BY location_id NULLS FIRST
