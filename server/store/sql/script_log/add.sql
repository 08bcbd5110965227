-- Counts lines that were stored, and says how many there are now. :rows: [{"script","location","lines"}], each pair once.
INSERT INTO script_log AS l (script_id, location_id, lines)
SELECT script, location, lines FROM jsonb_to_recordset(:rows::jsonb) AS r(script bigint, location bigint, lines integer)
ORDER BY script, location
ON CONFLICT (script_id, location_id) DO UPDATE SET lines = l.lines + EXCLUDED.lines
RETURNING script_id, location_id, lines
