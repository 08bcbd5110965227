-- Streams of devices that are not there yet. :rows: [{"device","location","name","index","unit","kind"}], sorted.
INSERT INTO stream (device_id, location_id, name, index_text, unit, kind)
SELECT device, location, name, index, unit, kind
FROM jsonb_to_recordset(:rows::jsonb) AS r(device bigint, location bigint, name text, index text, unit text, kind text)
ON CONFLICT DO NOTHING
