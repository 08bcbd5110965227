-- A script's parameter values for all homes (:location NULL) or for one; they replace what was there.
INSERT INTO script_parameter (script_id, location_id, parameter_values)
VALUES (:script, :location, :values::jsonb)
ON CONFLICT (script_id, location_id) DO UPDATE SET parameter_values = EXCLUDED.parameter_values
