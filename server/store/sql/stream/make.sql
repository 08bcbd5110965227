-- Streams of devices that are not there yet. :rows: [{"device","location","name","index","unit"}], sorted.
INSERT INTO stream (device_id, location_id, name, index_text, unit)
SELECT device, location, name, index, unit
FROM jsonb_to_recordset(:rows::jsonb) AS r(device bigint, location bigint, name text, index text, unit text)
ON CONFLICT DO NOTHING
