-- What streams hold and in which unit: where nothing was known before, or always where it comes from the device's type
-- (`typed`). :rows: [{"id","kind","unit","typed"}].
UPDATE stream s
SET kind = CASE WHEN r.typed OR s.kind = 'undecided' THEN r.kind ELSE s.kind END,
    unit = CASE WHEN r.typed OR s.unit = '' THEN r.unit ELSE s.unit END
FROM jsonb_to_recordset(:rows::jsonb) AS r(id integer, kind text, unit text, typed boolean)
WHERE s.id = r.id
